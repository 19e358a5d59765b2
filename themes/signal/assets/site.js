// Search and sorting. Every page is complete without it.
"use strict";

(() => {
  // Search: words are looked for in a file of this site that is fetched when somebody begins to type.
  const form = document.querySelector("form.search");
  if (form) {
    const input = form.querySelector("input");
    const status = form.querySelector("[role=status]");
    const results = document.getElementById("results");
    const list = results.querySelector("ol");
    const everything = document.getElementById("everything");
    const MOST = 40;
    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    let index;

    const load = async () => {
      const answer = await fetch(form.dataset.index);
      if (!answer.ok) throw new Error(answer.status);
      const groups = await answer.json();
      return groups.flatMap((group) =>
        group.entries.map((entry) => ({
          ...entry,
          kind: group.title,
          name: plain(entry.title),
          rest: plain(`${entry.detail} ${group.title}`),
        })),
      );
    };

    // How well an entry fits, or 0: every word has to be there, best at the beginning of its title.
    const fit = (entry, words) => {
      let sum = 0;
      for (const word of words) {
        const at = entry.name.indexOf(word);
        if (at === 0) sum += 8;
        else if (at > 0) sum += /[^\p{L}\p{N}]/u.test(entry.name[at - 1]) ? 5 : 3;
        else if (entry.rest.includes(word)) sum += 1;
        else return 0;
      }
      return entry.name === words.join(" ") ? sum + 8 : sum;
    };

    const show = async () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      everything.hidden = words.length > 0;
      results.hidden = words.length === 0;
      status.textContent = "";
      if (words.length === 0) return;
      try {
        index ??= load();
        const entries = await index;
        const found = entries.map((entry, at) => ({ entry, at, fit: fit(entry, words) })).filter((one) => one.fit > 0);
        found.sort((a, b) => b.fit - a.fit || a.at - b.at);
        list.replaceChildren(
          ...found.slice(0, MOST).map(({ entry }) => {
            const item = document.createElement("li");
            const link = document.createElement("a");
            const detail = document.createElement("span");
            link.href = form.dataset.root + entry.path;
            link.textContent = entry.title;
            detail.className = "quiet";
            detail.textContent = [entry.kind, entry.detail].filter(Boolean).join(": ");
            item.append(link, " ", detail);
            return item;
          }),
        );
        const more = found.length > MOST ? `, the first ${MOST} are shown` : "";
        status.textContent = found.length === 1 ? "1 result" : `${found.length || "No"} results${more}`;
      } catch {
        index = undefined;
        everything.hidden = false;
        results.hidden = true;
        status.textContent = "The search needs a server; everything is listed below.";
      }
    };

    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", () => {
      const address = new URL(location.href);
      if (input.value) address.searchParams.set("q", input.value);
      else address.searchParams.delete("q");
      history.replaceState(null, "", address);
      show();
    });
    input.value = new URL(location.href).searchParams.get("q") ?? "";
    if (input.value) show();
  }

  // Sorting: the heads of columns become buttons; a second press turns the order round.
  for (const table of document.querySelectorAll("table.sortable, table.snapshot")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const value = (row, at) => {
      const cell = row.cells[at];
      const text = (cell.querySelector(".amount") ?? cell).textContent.trim();
      const number = parseFloat(text.replace(/,/g, "").replace("\u2212", "-"));
      return at === 0 ? text : Number.isNaN(number) ? -Infinity : number;
    };
    heads.forEach((head, at) => {
      if (head.classList.contains("course")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const first = at === 0 ? "ascending" : "descending";
        const other = at === 0 ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        for (const one of heads) one.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const rows = [...body.rows].map((row) => ({ row, value: value(row, at) }));
        const compare = (a, b) => (at === 0 ? a.localeCompare(b) : a === b ? 0 : a < b ? -1 : 1);
        rows.sort((a, b) => sign * compare(a.value, b.value));
        body.append(...rows.map(({ row }) => row));
      });
    });
  }
})();
