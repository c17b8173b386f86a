// Short names for what every module does with the page.
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
export const on = (type, listener, options) => document.addEventListener(type, listener, options);
/** The element at which the event happened, or the nearest around it, that matches. */
export const closest = (event, selector) => event.target.closest?.(selector);
export const language = document.documentElement.lang || "en";
/** Whether keys without a modifier act; people can turn them off. */
export const hasShortcuts = document.body.dataset.shortcuts === "true";
/** A text that the template has put on the body, with its parameters filled in. */
export const text = (key, ...values) => (document.body.dataset[key] || "").replace(/\{(\d)\}/g, (_, n) => values[n] ?? "");
