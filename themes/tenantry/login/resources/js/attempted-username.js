// keycloak.v2 labels this field by another one's name, so that screen readers find it without a label
const field = document.getElementById("kc-attempted-username");
const label = field?.closest(".pf-v5-c-form__group")?.querySelector("label");

if (label) {
    label.htmlFor = field.id;
}
