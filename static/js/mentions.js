// textarea[data-mentions=URL]: "@" and some letters offer people; arrows and Enter or a press choose, Escape leaves.
(function () {
  "use strict";
  var words = window.caoDiem.words;
  var asked = /(?:^|\s)@([^@\n]{0,40})$/;
  var open = null; // {field, list, start}
  var timer = null;

  function typed(field) {
    var before = field.value.slice(0, field.selectionStart);
    var found = asked.exec(before);
    return found ? { text: found[1], start: before.length - found[1].length - 1 } : null;
  }
  function close() {
    if (!open) return;
    open.list.remove();
    open.field.removeAttribute("aria-activedescendant");
    open.field.removeAttribute("aria-controls");
    open = null;
  }
  function say(field, text) {
    var place = field.parentElement.querySelector("[role=status]");
    if (!place) {
      place = document.createElement("div");
      place.className = "visually-hidden";
      place.setAttribute("role", "status");
      field.after(place);
    }
    place.textContent = text;
  }
  function choices() {
    return Array.from(open.list.children);
  }
  function mark(option) {
    choices().forEach(function (other) { other.setAttribute("aria-selected", String(other === option)); });
    open.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function marked() {
    return open.list.querySelector("[aria-selected=true]");
  }
  function show(field, start, html) {
    close();
    var list = document.createElement("ul");
    list.id = "mention-list";
    list.className = "mention-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.peopleFound);
    list.innerHTML = html; // our own server's fragment, names escaped there
    if (!list.children.length) {
      say(field, words.nobodyFound);
      return;
    }
    field.after(list);
    open = { field: field, list: list, start: start };
    field.setAttribute("aria-controls", list.id);
    say(field, words.peopleFound + " " + list.children.length);
    mark(list.firstElementChild);
  }
  function choose(option) {
    var field = open.field;
    field.setRangeText("@" + option.dataset.name + " ", open.start, field.selectionStart, "end");
    var kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = "mention";
    kept.value = option.dataset.pk;
    field.after(kept);
    close();
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function ask(field) {
    var found = typed(field);
    if (!found) {
      close();
      return;
    }
    fetch(field.dataset.mentions + "?q=" + encodeURIComponent(found.text), { headers: { "HX-Request": "true" } })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) {
        var now = typed(field);
        if (now && now.text === found.text && document.activeElement === field) show(field, found.start, html.trim());
      })
      .catch(close); // no network: the name can still be typed in full
  }

  document.addEventListener("focusin", function (event) {
    if (event.target.matches("textarea[data-mentions]")) {
      event.target.setAttribute("aria-autocomplete", "list");
      event.target.setAttribute("aria-haspopup", "listbox");
    }
  });
  document.addEventListener("input", function (event) {
    if (!event.target.matches("textarea[data-mentions]")) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 150, event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (!open || event.target !== open.field) return;
    var all = choices();
    var place = all.indexOf(marked());
    if (event.key === "ArrowDown") mark(all[(place + 1) % all.length]);
    else if (event.key === "ArrowUp") mark(all[(place + all.length - 1) % all.length]);
    else if (event.key === "Enter" || event.key === "Tab") choose(marked());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("pointerdown", function (event) {
    if (!open) return;
    var option = event.target.closest(".mention-list [role=option]");
    if (option) {
      event.preventDefault();
      choose(option);
    } else if (event.target !== open.field) close();
  });
})();
