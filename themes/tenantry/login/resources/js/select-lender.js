// Finds a lender among many: by any part of its name, whatever the accents, and by the arrow keys
const box = document.querySelector(".tenantry-search");
const list = document.getElementById("tenantry-lenders");
const field = document.getElementById("tenantry-search");

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const entries = [...list.children].map((item) => ({
    item,
    button: item.firstElementChild,
    text: plain(item.textContent),
    shown: true,
}));
const shown = () => entries.filter((entry) => entry.shown);

function filter() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const entry of entries) {
        const fits = words.every((word) => entry.text.includes(word));
        found += fits ? 1 : 0;
        if (fits !== entry.shown) {
            entry.shown = fits;
            entry.item.hidden = !fits;
        }
    }
    const { none, one, many } = box.dataset;
    box.lastElementChild.textContent =
        found === 0 ? none : found === 1 ? one : many.replace("#", found.toLocaleString(document.documentElement.lang));
}

function move(event) {
    const buttons = shown().map((entry) => entry.button);
    const at = buttons.indexOf(document.activeElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (target === undefined || (at < 0 && event.key !== "ArrowDown")) {
        return;
    }
    event.preventDefault();
    (buttons[target] ?? (target < 0 ? field : null))?.focus();
}

list.addEventListener("keydown", move);
if (field) {
    box.hidden = false;
    field.addEventListener("input", filter);
    field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
            // Else the browser would press the first button of the form, hidden or not
            event.preventDefault();
            const [first, second] = shown();
            if (first && !second) {
                first.button.click();
            } else {
                first?.button.focus();
            }
        } else if (event.key === "Escape") {
            field.value = "";
            filter();
        } else {
            move(event);
        }
    });
    filter();
    field.focus();
}
