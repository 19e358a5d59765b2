// Functions that run inside the page. Each returns what is wrong as sentences; each stands alone, since the browser
// gets its text only.

/** What a page must have: language, title, one first heading, names for pictures and controls, ids that differ. */
export function structure() {
  const faults = [];
  const text = (element) => element?.textContent?.trim() ?? "";
  const show = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 90);
  const labelled = (element) =>
    element.getAttribute("aria-label")?.trim() ||
    (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).some((id) => id && text(document.getElementById(id)));
  if (!document.documentElement.lang) faults.push("the page says no language");
  if (!document.title.trim()) faults.push("the page has no title");
  const headings = [...document.querySelectorAll("h1")].filter((heading) => text(heading));
  if (headings.length !== 1) faults.push(`the page has ${headings.length} first headings, not one`);
  if (!document.querySelector("main")) faults.push("the page has no main part");
  if (!document.querySelector('meta[name="viewport"]')) faults.push("the page has no viewport for phones");
  for (const image of document.images) {
    if (!image.hasAttribute("alt")) faults.push(`an image has no alternative text: ${show(image)}`);
    if (image.loading !== "lazy" && image.complete && image.naturalWidth === 0) {
      faults.push(`an image can't be shown: ${show(image)}`);
    }
  }
  for (const drawing of document.querySelectorAll("svg")) {
    if (drawing.closest('[aria-hidden="true"]')) continue;
    const title = [...drawing.children].find((child) => child.localName === "title");
    if (drawing.getAttribute("role") !== "img") {
      if (!drawing.parentElement.closest('svg, [role="img"]')) {
        faults.push(`a drawing is neither a named image nor hidden: ${show(drawing)}`);
      }
    } else if (!labelled(drawing) && !text(title)) {
      faults.push(`a drawing has no name: ${show(drawing)}`);
    }
  }
  for (const control of document.querySelectorAll("a[href], button, summary")) {
    const pictures = [...control.querySelectorAll("img[alt]")].some((image) => image.alt.trim());
    const drawings = [...control.querySelectorAll('svg[role="img"]')].length > 0;
    if (!text(control) && !labelled(control) && !pictures && !drawings) {
      faults.push(`a control has no name: ${show(control)}`);
    }
  }
  const seen = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (seen.has(id)) faults.push(`two elements have the id "${id}"`);
    seen.add(id);
  }
  return faults;
}

/** What makes the page wider than the screen, whether or not the overflow is cut off. */
export function overflow() {
  const root = document.documentElement;
  for (const element of [root, document.body]) element.style.setProperty("overflow-x", "visible", "important");
  const width = window.innerWidth;
  if (root.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1;
  });
  const last = wide.at(-1);
  const name = last ? `<${last.localName} class="${last.getAttribute("class") ?? ""}">` : "something";
  return [`${root.scrollWidth} px wide at ${width} px, because of ${name}`];
}

/** Text that stands out too little from what is behind it (WCAG 2.2, 1.4.3), and the page's own brightness. */
export function contrast() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = "rgba(0, 0, 0, 0)";
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  };
  const over = (top, bottom, alpha) => [0, 1, 2].map((i) => top[i] * alpha + bottom[i] * (1 - alpha));
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  // What the browser paints where the page paints nothing; only an element knows its scheme.
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas";
  const canvasColour = rgba(getComputedStyle(probe).color);
  probe.remove();
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      layers.push(rgba(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below, layer[3]), canvasColour.slice(0, 3));
  };
  // In a drawing, what was painted before the text where its middle is.
  const painted = (text, ground) => {
    const box = text.getBoundingClientRect();
    const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
    for (const shape of text.closest("svg").querySelectorAll("rect, path, circle")) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      const style = getComputedStyle(shape);
      const place = middle.matrixTransform(shape.getScreenCTM().inverse());
      if (style.fill === "none" || !shape.isPointInFill(place)) continue;
      const fill = rgba(style.fill);
      ground = over(fill, ground, fill[3] * Number(style.fillOpacity) * Number(style.opacity));
    }
    return ground;
  };
  const faults = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, noscript, template, title, desc")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue; // for screen readers only
    const style = getComputedStyle(element);
    const around = behind(element);
    if (!around) continue;
    const inDrawing = element instanceof SVGElement;
    const ground = inDrawing ? painted(element, around) : around;
    const ink = rgba(inDrawing ? style.fill : style.color);
    let opacity = ink[3] * (inDrawing ? Number(style.fillOpacity) : 1);
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const [a, b] = [luminance(over(ink, ground, opacity)), luminance(ground)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < needed) {
      const name = `<${element.localName} class="${element.getAttribute("class") ?? ""}">`;
      const words = node.data.trim().slice(0, 30);
      faults.set(name, `contrast ${ratio.toFixed(2)} where ${needed} is needed: ${name} "${words}"`);
    }
  }
  const ground = behind(document.body) ?? canvasColour;
  return { faults: [...faults.values()], brightness: luminance(ground.slice(0, 3)) };
}

/** Every address that the page leads to or shows, and every id that can be led to. */
export function addresses() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const of = (selector, attribute) => all(selector).map((one) => one.getAttribute(attribute));
  const sets = of("img[srcset], source[srcset]", "srcset").flatMap((set) =>
    set.split(",").map((one) => one.trim().split(/\s+/)[0]),
  );
  const loaded = 'link:is([rel~="stylesheet"], [rel~="icon"])[href]';
  const parts = [...of("img[src], script[src], source[src], iframe[src]", "src"), ...sets, ...of(loaded, "href")];
  const others = `link[href]:not([rel="canonical"], ${loaded})`;
  const leads = [...of("a[href], area[href]", "href"), ...of(others, "href")];
  const resolve = (address) => {
    try {
      return new URL(address, document.baseURI).href;
    } catch {
      return `broken:${address}`;
    }
  };
  const ids = all("[id]").map((one) => one.id);
  const names = of("a[name]", "name");
  return { parts: parts.map(resolve), leads: leads.map(resolve), targets: [...ids, ...names] };
}
