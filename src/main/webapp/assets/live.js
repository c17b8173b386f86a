// The socket of the page: it connects again for ever, and asks for what it missed.
import { $, on, text } from "./dom.js";
import { announce } from "./notices.js";
import { catchUp, showPushed } from "./regions.js";
import { formatClock } from "./times.js";

const SILENCE_MS = 50_000; // the server sends something every 20 s
const HIDDEN_MS = 60_000; // after so long in the background a page compares itself with the server
const MAX_BACKOFF_MS = 30_000;

class LiveSocket extends HTMLElement {
  connectedCallback() {
    [this.attempts, this.seq] = [0, Number(this.getAttribute("seq"))]; // what happened since the page was rendered is asked for
    this.connect();
    on("visibilitychange", () => this.onVisibilityChange());
    addEventListener("pagehide", () => { this.isLeaving = true; this.socket.close(); });
    addEventListener("pageshow", event => { if (event.persisted) { this.isLeaving = false; this.connect(); } });
  }
  connect() {
    this.abandon();
    const address = new URL("/live", location.href.replace("http", "ws"));
    address.searchParams.set("topics", this.getAttribute("topics"));
    if (this.seq) address.searchParams.set("resume", this.seq);
    this.socket = new WebSocket(address);
    this.socket.onmessage = event => this.onFrame(JSON.parse(event.data));
    this.socket.onclose = () => this.onDisconnected();
    this.lastFrame = Date.now();
  }
  onVisibilityChange() {
    if (document.hidden) this.hiddenSince = Date.now();
    else if (this.socket.readyState > WebSocket.OPEN) this.connect();
    else if (Date.now() - this.hiddenSince > HIDDEN_MS) catchUp();
  }
  /** Gives up a connection that has been silent too long: a network that went away closes nothing. */
  checkSilence() {
    if (this.socket.readyState !== WebSocket.OPEN || Date.now() - this.lastFrame < SILENCE_MS) return;
    this.abandon();
    this.onDisconnected();
  }
  /** Closes the socket for good: one that is still closing would otherwise open another beside its successor. */
  abandon() {
    clearTimeout(this.retry);
    if (!this.socket) return;
    this.socket.onclose = this.socket.onmessage = null;
    this.socket.close();
  }
  onFrame(frame) {
    this.lastFrame = Date.now();
    this.seq = Math.max(frame.seq || frame.data?.seq || 0, this.seq || 0);
    if (frame.type === "connection") this.onConnected();
    if (frame.type === "ping") this.socket.send("pong");
    if (frame.type === "reload") catchUp();
    if (frame.type === "html") showPushed(frame.html);
  }
  onConnected() {
    this.attempts = 0;
    this.disconnectedAt = null;
    clearTimeout(this.warning);
    this.showState(true, text("live"));
  }
  onDisconnected() {
    if (this.isLeaving) return;
    if (!this.disconnectedAt) {
      this.warning = setTimeout(() => this.showState(false, text("paused", formatClock(this.disconnectedAt))), 5000);
    }
    this.disconnectedAt ||= new Date();
    this.retry = setTimeout(() => this.connect(), Math.random() * Math.min(MAX_BACKOFF_MS, 1000 * 2 ** this.attempts++));
  }
  showState(isLive, message) {
    this.classList.toggle("bad", !isLive);
    document.documentElement.toggleAttribute("data-paused", !isLive);
    $(".dot", this).classList.toggle("live", isLive);
    $(".word", this).textContent = message;
    if (!isLive) announce(message, true);
  }
}
customElements.define("live-socket", LiveSocket);
