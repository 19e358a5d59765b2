// Part of every page that `signal serve` shows: when the site was made anew, so is the page, in its place. What was open
// stays open, and what was read stays in view.
"use strict";

(() => {
  const { events } = document.currentScript.dataset;
  let { shown } = document.currentScript.dataset;
  // Where the reader was before a fault took the page's place.
  let kept = null;
  let isFault = document.documentElement.hasAttribute("data-fault");
  let [isBusy, isAgain] = [false, false];

  /** The opened parts, by what their summaries say; of several alike, one after the other. */
  const opened = () => {
    const open = new Map();
    for (const details of document.querySelectorAll("details")) {
      const name = details.querySelector("summary")?.textContent.trim();
      open.set(name, [...(open.get(name) ?? []), details.open]);
    }
    return open;
  };

  const place = () => ({
    x: scrollX,
    y: scrollY,
    open: opened(),
    popovers: [...document.querySelectorAll("[popover][id]:popover-open")].map((one) => one.id),
    focus: document.activeElement?.id,
  });

  const putBack = ({ x, y, open, popovers, focus }) => {
    for (const details of document.querySelectorAll("details")) {
      const was = open.get(details.querySelector("summary")?.textContent.trim())?.shift();
      if (was !== undefined) details.open = was;
    }
    for (const id of popovers) document.getElementById(id)?.showPopover?.();
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    scrollTo({ left: x, top: y, behavior: "instant" });
  };

  const isScript = (element) => element.localName === "script";

  /** Resolves when a new stylesheet is there, or can't be had. */
  const ready = (link) =>
    link.localName !== "link" || link.rel !== "stylesheet"
      ? null
      : new Promise((done) => {
          link.addEventListener("load", done);
          link.addEventListener("error", done);
        });

  /** Takes over what is new in the head, and leaves what is gone. Styles are there before the old ones go. */
  const takeHead = async (next) => {
    const old = [...document.head.children].filter((one) => !isScript(one));
    const known = new Map(old.map((one) => [one.outerHTML, one]));
    const waiting = [];
    for (const one of [...next.head.children].filter((one) => !isScript(one))) {
      if (known.delete(one.outerHTML)) continue;
      waiting.push(ready(one));
      document.head.append(one);
    }
    await Promise.all(waiting);
    for (const one of known.values()) one.remove();
  };

  /** A script runs once in its life, so that a new one takes its place. */
  const run = (scripts) => {
    for (const one of document.head.querySelectorAll("script")) one.remove();
    for (const old of scripts) {
      const script = document.createElement("script");
      for (const { name, value } of old.attributes) script.setAttribute(name, value);
      script.textContent = old.textContent;
      script.async = false;
      if (old.isConnected) old.replaceWith(script);
      else document.head.append(script);
    }
  };

  const take = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    const own = next.querySelector("script[data-shown]");
    shown = own?.dataset.shown ?? shown;
    own?.remove();
    return next;
  };

  const update = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const next = take(await answer.text());
    const wasFault = isFault;
    isFault = next.documentElement.hasAttribute("data-fault");
    await takeHead(next);
    const before = place();
    for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
    for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
    const scripts = [...next.querySelectorAll("script")];
    document.body.replaceWith(next.body);
    run(scripts);
    if (isFault && !wasFault) {
      kept = before;
      scrollTo(0, 0);
    } else {
      putBack(wasFault && !isFault ? (kept ?? before) : before);
    }
  };

  const settle = async () => {
    isAgain = true;
    if (isBusy) return;
    isBusy = true;
    while (isAgain) {
      isAgain = false;
      // Without an answer the server is gone; the stream tells when it is back.
      await update().catch(() => {});
    }
    isBusy = false;
  };

  // A browser keeps few connections to a host open: a page that nobody sees gives its own back, and asks when it is seen.
  let stream = null;
  const listen = () => {
    stream?.close();
    stream = document.hidden ? null : new EventSource(`${events}?${shown}`);
    stream?.addEventListener("message", (event) => {
      if (event.data !== shown) settle();
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
