// The rules are read before the field that they are about, and ticked while it is filled in
const rules = document.getElementById("tenantry-password-rules");
const field = document.getElementById("password-new") ?? document.getElementById("password");
const group = field?.closest(".pf-v5-c-form__group");

// As Keycloak counts: in UTF-16 units, where letters and digits are those of any script
const count = (password, form) => (password.match(form) ?? []).length;
const meets = {
    length: (password, number) => password.length >= number,
    maxLength: (password, number) => password.length <= number,
    digits: (password, number) => count(password, /\p{Nd}/gu) >= number,
    lowerCase: (password, number) => count(password, /\p{Lowercase}/gu) >= number,
    upperCase: (password, number) => count(password, /\p{Uppercase}/gu) >= number,
    specialChars: (password, number) => count(password, /[^\p{L}\p{Nd}]/gu) >= number,
};

function watch(item) {
    const number = Number(item.dataset.value);
    const state = document.createElement("span");
    state.className = "tenantry-hidden";
    item.append(" ", state);
    return () => {
        const met = field.value !== "" && meets[item.dataset.rule](field.value, number);
        item.dataset.state = met ? "met" : "open";
        state.textContent = met ? rules.dataset.met : rules.dataset.unmet;
    };
}

if (rules && group) {
    group.before(rules);
    field.setAttribute("aria-describedby", rules.id);
    const updates = [...rules.querySelectorAll("li")]
        .filter((item) => Object.hasOwn(meets, item.dataset.rule) && /^\d+$/.test(item.dataset.value))
        .map(watch);
    const update = () => updates.forEach((each) => each());
    field.addEventListener("input", update);
    update();
}
