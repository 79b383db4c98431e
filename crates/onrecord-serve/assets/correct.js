// Keys in the log of corrections, and words that are selected in an article go into the form: both are a convenience.
{
  const entries = [...document.querySelectorAll("ol.log > li")];
  const list = document.querySelector("details.keys");
  const isOn = list && list.querySelector("[data-keys]");
  const kept = "onrecord.keys";
  const inField = (at) => at instanceof Element && at.closest("input, textarea, select, [contenteditable]");
  const chosen = () => entries.findIndex((entry) => entry.contains(document.activeElement));
  const choose = (n) => {
    const entry = entries[n];
    if (!entry) return;
    entry.focus();
    entry.scrollIntoView({ block: "nearest" });
  };
  const takeBack = () => {
    const form = entries[chosen()] && entries[chosen()].querySelector("details");
    if (!form) return;
    form.open = true;
    form.querySelector("[name=by]").focus();
  };
  const keys = {
    j: () => choose(chosen() + 1),
    k: () => choose(chosen() < 0 ? entries.length - 1 : chosen() - 1),
    u: takeBack,
    "?": () => { list.open = !list.open; },
  };
  if (isOn) {
    try { isOn.checked = localStorage.getItem(kept) !== "off"; } catch { /* nothing is kept here */ }
    isOn.closest("label").hidden = false;
    isOn.addEventListener("change", () => {
      try { localStorage.setItem(kept, isOn.checked ? "on" : "off"); } catch { /* it holds on this page */ }
    });
    document.addEventListener("keydown", (event) => {
      const does = Object.hasOwn(keys, event.key) && keys[event.key];
      if (!does || !isOn.checked || inField(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      does();
    });
  }

  const field = document.querySelector("textarea[data-selected]");
  const text = document.querySelector("main .text");
  if (field && text) {
    document.querySelector("[data-selecting]").hidden = false;
    document.addEventListener("selectionchange", () => {
      const selection = document.getSelection();
      if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return;
      const words = selection.getRangeAt(0).cloneContents();
      for (const lead of words.querySelectorAll(".lead")) lead.remove();
      for (const paragraph of words.querySelectorAll("p")) paragraph.append("\n");
      field.value = words.textContent.trim();
    });
  }
}
