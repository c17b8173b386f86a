// What requests of htmx send, and what becomes of their answers.
import { $$, on, text } from "./dom.js";
import { countSelected } from "./lists.js";
import { toast } from "./notices.js";
import { parseFitting } from "./regions.js";
import { renderTimes } from "./times.js";

// Set before DOMContentLoaded, when htmx starts; this module is deferred, as htmx is.
Object.assign(window.htmx.config, {
  allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, historyCacheSize: 0, refreshOnHistoryMiss: true,
  defaultSettleDelay: 0,
  responseHandling: [{ code: "204", swap: false }, { code: "[23]..", swap: true }, { code: "409|422", swap: true },
    { code: "[45]..", swap: false, error: true }],
});
on("htmx:configRequest", ({ target, detail: { formData } }) => {
  if (target.id === "rows-anew") {
    $$("[data-feed] [data-item]").forEach(row => formData.append("shown", row.id.replace("msg-", "")));
  }
  if (target.closest("form[data-clean]")) {
    const isEmpty = name => formData.getAll(name).every(value => value === "");
    [...formData.keys()].filter(isEmpty).forEach(name => formData.delete(name));
  }
});
on("htmx:load", event => {
  renderTimes(event.target.parentElement || document);
  countSelected();
});
// An error of ours says where it belongs; what a proxy answers does not.
on("htmx:beforeSwap", ({ detail }) => {
  if (detail.isError && detail.swapOverride) Object.assign(detail, { shouldSwap: true, isError: false });
});
on("htmx:beforeSwap", ({ target, detail }) => {
  if (target.matches("[hx-swap=none]")) detail.serverResponse = parseFitting(detail.serverResponse).innerHTML;
});
on("htmx:responseError", ({ detail: { xhr: { status } } }) => {
  if (status === 401) location.reload();
  else toast(text("refused", status), "bad");
});
on("htmx:sendError", () => toast(text("unreachable"), "bad"));
