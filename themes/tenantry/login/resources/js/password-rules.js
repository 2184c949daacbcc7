// The rules are read before the field that they are about
const rules = document.getElementById("tenantry-password-rules");
const field = document.getElementById("password-new") ?? document.getElementById("password");
const group = field?.closest(".pf-v5-c-form__group");

if (rules && group) {
    group.before(rules);
    field.setAttribute("aria-describedby", rules.id);
}
