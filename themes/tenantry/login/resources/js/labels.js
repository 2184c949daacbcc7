// Some labels of keycloak.v2 name a field that is not on the page, so that screen readers find theirs without one
for (const label of document.querySelectorAll("main label[for]")) {
    const group = label.closest(".pf-v5-c-form__group");
    const field = group?.querySelector("input:not([type=hidden]), select, textarea");
    if (field?.id && !document.getElementById(label.htmlFor)) {
        label.htmlFor = field.id;
    }
}
