// Tells people what happened: for screen readers, and as toasts.
import { $ } from "./dom.js";

const SHOWN_MS = 10_000;

export function announce(message, isUrgent = false) {
  const region = $(isUrgent ? "#alert" : "#announce");
  region.textContent = "";
  setTimeout(() => { region.textContent = message; }, 50); // a region that did not change is not read out again
}

export function toast(message, kind = "plain") {
  const copy = $("#toast-form").content.firstElementChild.cloneNode(true);
  copy.classList.add(kind);
  $(".text", copy).textContent = message;
  $("#toasts").append(copy);
}

function show(node) {
  if (!(node instanceof HTMLElement)) return;
  announce(node.textContent.trim(), node.classList.contains("bad"));
  const remove = () => node.matches(":hover, :focus-within") ? setTimeout(remove, 2000) : node.remove();
  setTimeout(remove, SHOWN_MS);
}
if ($("#toasts")) {
  new MutationObserver(changes => changes.flatMap(change => [...change.addedNodes]).forEach(show)).observe($("#toasts"), { childList: true });
}
