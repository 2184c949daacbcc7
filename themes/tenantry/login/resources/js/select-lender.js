// Finds a lender among many: by any part of its name, whatever the accents, and by the arrow keys
const box = document.querySelector(".tenantry-search");
const list = document.getElementById("tenantry-lenders");
const field = document.getElementById("tenantry-search");

const ROWS_AT_ONCE = 100;

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const entries = [...list.children].map((item) => ({
    item,
    button: item.firstElementChild,
    text: plain(item.textContent),
}));
let found = entries;
let nextRows = 0;

// The first rows at once, the rest as the browser gets to it: thousands are too many to lay out at each key
function show(from) {
    list.append(...found.slice(from, from + ROWS_AT_ONCE).map((entry) => entry.item));
    if (from + ROWS_AT_ONCE < found.length) {
        nextRows = requestAnimationFrame(() => show(from + ROWS_AT_ONCE));
    }
}

function filter() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    found = entries.filter((entry) => words.every((word) => entry.text.includes(word)));
    cancelAnimationFrame(nextRows);
    list.replaceChildren();
    show(0);
    const { none, one, many } = box.dataset;
    const count = found.length;
    box.lastElementChild.textContent =
        count === 0 ? none : count === 1 ? one : many.replace("#", count.toLocaleString(document.documentElement.lang));
}

function move(event) {
    const buttons = [...list.children].map((item) => item.firstElementChild);
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
            const [first, second] = found;
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
