// Keycloak's choice among authenticator apps is for the mouse alone, and does not show which one is chosen
const form = document.getElementById("kc-otp-login-form");
const apps = [...form.querySelectorAll("[onclick^=toggleOTP]")];

const mark = () => {
    const chosen = form.elements.selectedCredentialId.value;
    for (const app of apps) {
        const checked = chosen !== "" && app.getAttribute("onclick").includes(`'${chosen}'`);
        app.classList.toggle("pf-m-selected", checked);
        app.setAttribute("aria-checked", checked);
        app.tabIndex = checked ? 0 : -1;
    }
    if (!apps.some((app) => app.tabIndex === 0)) {
        apps[0].tabIndex = 0;
    }
};

const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Enter: 0, " ": 0 };

if (apps.length > 0) {
    apps[0].parentElement.setAttribute("role", "radiogroup");
    apps[0].parentElement.setAttribute("aria-labelledby", "kc-page-title");
    apps.forEach((app, at) => {
        app.setAttribute("role", "radio");
        app.addEventListener("click", mark);
        app.addEventListener("keydown", (event) => {
            if (event.key in steps) {
                event.preventDefault();
                const next = apps[(at + steps[event.key] + apps.length) % apps.length];
                next.click();
                next.focus();
            }
        });
    });
    mark();
}
