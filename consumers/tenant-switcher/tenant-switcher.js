/**
 * A tenant switcher for web applications: <tenant-switcher>, a label and a list of the signed-in person's lenders.
 * docs/branding.md, "A tenant switcher", says how to use it. It needs no framework and builds no markup from strings.
 *
 * Attributes
 *   realm    the address of the realm, https://login.example/realms/lending
 *   label    the visible label; "Lender" if left out
 *   failed   what is said when the lenders cannot be fetched; "Your lenders cannot be shown at the moment." if left out
 * Property
 *   token    a function, that may be async, which gives a valid access token; the lenders are fetched when it is set
 * Events
 *   tenant-change   a lender was chosen, detail {id, name}. Its tokens come from a new sign-in: ask for the scope that
 *                   scopeFor(id, scope) gives. Until then the list goes on showing the lender that the token is for.
 *   tenant-error    the lenders could not be fetched, detail {status}, which is 0 where there was no answer
 */
export class TenantSwitcher extends HTMLElement {
    #token;
    #tenants = [];

    set token(source) {
        this.#token = source;
        this.refresh();
    }

    get token() {
        return this.#token;
    }

    /** Fetches the lenders anew, after a sign-in for another one for example. */
    async refresh() {
        let status = 0;
        try {
            const response = await fetch(`${this.getAttribute("realm")}/tenantry/tenants`, {
                headers: { Authorization: `Bearer ${await this.#token()}` },
                cache: "no-store",
                credentials: "omit",
            });
            status = response.status;
            if (!response.ok) {
                throw new Error(`the realm answered ${status}`);
            }
            this.#tenants = await response.json();
            this.#show();
        } catch {
            this.#fail(status);
        }
    }

    #show() {
        const active = this.#tenants.find((tenant) => tenant.active);
        const select = document.createElement("select");
        if (!active) {
            select.append(new Option("", "", true, true));
        }
        for (const tenant of this.#tenants) {
            select.append(new Option(tenant.name, tenant.id, tenant.active, tenant.active));
        }
        select.disabled = this.#tenants.length < (active ? 2 : 1);
        select.addEventListener("change", () => {
            const chosen = this.#tenants.find((tenant) => tenant.id === select.value);
            select.value = active?.id ?? "";
            if (chosen) {
                this.#tell("tenant-change", { id: chosen.id, name: chosen.name });
            }
        });
        const label = document.createElement("label");
        const text = document.createElement("span");
        text.textContent = this.getAttribute("label") ?? "Lender";
        label.append(text, " ", select);
        this.replaceChildren(label);
    }

    #fail(status) {
        const message = document.createElement("p");
        message.setAttribute("role", "alert");
        message.textContent = this.getAttribute("failed") ?? "Your lenders cannot be shown at the moment.";
        this.replaceChildren(message);
        this.#tell("tenant-error", { status });
    }

    #tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    }
}

/** A scope for a sign-in for this lender: the given one, with whatever it says of lenders replaced. */
export function scopeFor(id, scope = "openid") {
    const others = scope.split(" ").filter((name) => name && name !== "organization" && !name.startsWith("organization:"));
    return [...others, `organization:${id}`].join(" ");
}

customElements.define("tenant-switcher", TenantSwitcher);
