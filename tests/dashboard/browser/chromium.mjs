// A page in headless Chromium, driven by the DevTools protocol over a pipe: no port, no library.
//
//   const browser = await Chromium.start("/usr/bin/chromium", profile);
//   const page = await browser.open("file:///tmp/page.html", { width: 1280, height: 900 });
//   await page.evaluate("document.title");
//   await browser.end();
import { spawn } from "node:child_process";

const patience_ms = 60000;

export class Chromium {
  static async start(program, profile) {
    const browser = new Chromium();
    browser.process = spawn(program, ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
      "--user-data-dir=" + profile, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    browser.waiting = new Map();
    browser.listeners = new Map();
    browser.next = 1;
    browser.rest = "";
    browser.process.stdio[4].setEncoding("utf8");
    browser.process.stdio[4].on("data", (text) => browser.#take(text));
    browser.process.on("exit", () => browser.#fail(new Error("Chromium ended")));
    browser.process.on("error", (error) => browser.#fail(error));
    await browser.send("Browser.getVersion");
    return browser;
  }

  #take(text) {
    const messages = (this.rest + text).split("\0");
    this.rest = messages.pop();
    for (const message of messages.map((one) => JSON.parse(one))) {
      const waiting = this.waiting.get(message.id);
      if (waiting) {
        this.waiting.delete(message.id);
        clearTimeout(waiting.timer);
        if (message.error) waiting.reject(new Error(waiting.method + ": " + message.error.message));
        else waiting.resolve(message.result);
      } else if (message.sessionId) {
        for (const listen of this.listeners.get(message.sessionId) || []) listen(message.method, message.params);
      }
    }
  }

  #fail(error) {
    for (const waiting of this.waiting.values()) { clearTimeout(waiting.timer); waiting.reject(error); }
    this.waiting.clear();
  }

  send(method, params = {}, sessionId) {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(method + " was not answered")), patience_ms);
      this.waiting.set(id, { resolve, reject, method, timer });
      this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    });
  }

  // options: width, height, dark, print, script (false: switched off), before (a script that runs first)
  async open(url, options = {}) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId, targetId);
    await page.prepare(options);
    await page.go(url);
    return page;
  }

  async end() {
    this.process.removeAllListeners("exit");
    const gone = new Promise((resolve) => this.process.on("exit", resolve));
    await this.send("Browser.close").catch(() => {});
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5000))]);
    this.process.kill("SIGKILL");
  }
}

class Page {
  constructor(browser, session, target) {
    Object.assign(this, { browser, session, target, said: [], requests: [], loaded: 0 });
    browser.listeners.set(session, [(method, params) => this.#hear(method, params)]);
  }

  // Errors of every kind, violations of the policy among them, and what the page asked for.
  #hear(method, params) {
    if (method === "Runtime.exceptionThrown") this.said.push("exception: " + (params.exceptionDetails.exception?.description || params.exceptionDetails.text));
    if (method === "Runtime.consoleAPICalled" && ["error", "warning", "assert"].includes(params.type)) this.said.push("console: " + params.args.map((one) => one.value).join(" "));
    if (method === "Log.entryAdded" && params.entry.level !== "verbose") this.said.push("log: " + params.entry.text);
    if (method === "Network.requestWillBeSent") this.requests.push(params.request.url);
    if (method === "Page.loadEventFired") this.loaded++;
  }

  call(method, params) { return this.browser.send(method, params, this.session); }

  async prepare({ width = 1280, height = 900, dark = false, script = true, print = false, before }) {
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await this.call(domain + ".enable");
    await this.call("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
    await this.call("Emulation.setEmulatedMedia", { media: print ? "print" : "", features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
    if (before) await this.call("Page.addScriptToEvaluateOnNewDocument", { source: before });
    if (!script) await this.call("Emulation.setScriptExecutionDisabled", { value: true });
  }

  async go(url) {
    const before = this.loaded;
    await this.call("Page.navigate", { url });
    for (let i = 0; this.loaded === before; i++) {
      if (i > 3000) throw new Error(url + " was not loaded");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  }

  // Waits until two frames were drawn.
  frame() { return this.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"); }

  async press(key, modifiers = 0) {
    const text = key.length === 1 ? key : undefined;
    await this.call("Input.dispatchKeyEvent", { type: "keyDown", key, text, modifiers });
    await this.call("Input.dispatchKeyEvent", { type: "keyUp", key, modifiers });
  }

  mouse(type, x, y, more = {}) { return this.call("Input.dispatchMouseEvent", { type, x, y, ...more }); }

  async drag(from, to, modifiers = 0) {
    await this.mouse("mouseMoved", ...from, { modifiers });
    await this.mouse("mousePressed", ...from, { button: "left", clickCount: 1, modifiers });
    for (let i = 1; i <= 4; i++) await this.mouse("mouseMoved", from[0] + ((to[0] - from[0]) * i) / 4, from[1] + ((to[1] - from[1]) * i) / 4, { button: "left", buttons: 1, modifiers });
    await this.mouse("mouseReleased", ...to, { button: "left", clickCount: 1, modifiers });
  }

  async picture(whole = false) {
    const shot = await this.call("Page.captureScreenshot", { format: "png", captureBeyondViewport: whole });
    return Buffer.from(shot.data, "base64");
  }

  close() { return this.browser.send("Target.closeTarget", { targetId: this.target }); }
}
