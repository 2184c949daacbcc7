// Back to the application, once the frames of the others are loaded; the link is there for whom that takes too long.
const back = () => location.replace(document.getElementById("continue").href);

if (document.readyState === "complete") {
    back();
} else {
    addEventListener("load", back);
}
