// Helps beside the fields of a plan: the register searched while one types, sentences and lists put into a field.
(function () {
  "use strict";
  var said = document.getElementById("plan-words").dataset;
  var plan = window.caoDiem.plan;
  var timer = null;

  function put(id, text) {
    var field = document.getElementById(id);
    field.value = text;
    plan.written(field.form);
    field.focus();
  }
  function lines(text) { return text.split("\n").map(function (line) { return line.trim(); }).filter(Boolean); }
  function add(id, more) {
    var there = lines(document.getElementById(id).value);
    var fresh = more.filter(function (line) { return !there.includes(line); });
    var store = there.findIndex(function (line) { return /^[-\s]*lưu\b/i.test(line); }); // "Lưu: VT" stays last
    there.splice(store < 0 ? there.length : store, 0, ...(store < 0 ? fresh : fresh.filter(function (line) { return !/^[-\s]*lưu\b/i.test(line); })));
    put(id, there.join("\n"));
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    var filler = target.closest("[data-fill]");
    var list = target.closest("[data-use-list]");
    var line = target.closest("[data-add-line]");
    var keeper = target.closest("[data-keep-list]");
    var option = target.closest("[data-directive]");
    if (filler) put(filler.dataset.fill, filler.dataset.text);
    if (list) {
      var chosen = list.parentElement.querySelector("select").selectedOptions[0].dataset.lines;
      if (list.dataset.useList === "add") add(list.dataset.field, lines(chosen));
      else put(list.dataset.field, chosen);
    }
    if (line) {
      var box = document.getElementById(line.dataset.addLine);
      if (box.value.trim()) add(line.dataset.field, [box.value.trim()]);
      box.value = "";
    }
    if (keeper) keepList(keeper);
    if (option) pick(option);
  });
  function keepList(button) {
    var name = button.parentElement.querySelector("input");
    var form = button.closest("form");
    plan.save(form).then(function () {
      if (!plan.isDirty(form)) window.htmx.ajax("POST", button.dataset.keepList, { source: "#plan-drafts", target: "#plan-left", swap: "outerHTML show:none", values: { name: name.value } });
      name.value = "";
    });
  }

  // --- a search box with options: arrows choose, Enter takes
  function options(box) { return Array.from(box.closest(".source-picker").querySelectorAll("[role=option]")); }
  function choose(box, index) {
    var all = options(box);
    all.forEach(function (option, place) { option.setAttribute("aria-selected", String(place === index)); });
    if (all[index]) {
      box.setAttribute("aria-activedescendant", all[index].id);
      all[index].scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }
  function search(box) {
    var picker = box.closest(".source-picker");
    window.htmx.ajax("GET", picker.dataset.sources + "?q=" + encodeURIComponent(box.value), { source: picker, target: picker.querySelector(".source-list"), swap: "innerHTML show:none" }).then(function () {
      choose(box, box.value ? 0 : -1);
      var count = options(box).length;
      document.getElementById("plan-says").textContent = count ? said.found.replace("{count}", count) : said.nothing;
    });
  }
  function pick(option) {
    var picker = option.closest(".source-picker");
    var box = picker.querySelector("[data-source-search]");
    window.htmx.ajax("POST", picker.dataset.pick, { source: "#plan-drafts", target: "#plan-left", swap: "outerHTML show:none", values: { directive: option.dataset.directive, lead: picker.querySelector("[data-lead]").value } }).then(function () {
      box.value = "";
      box.focus();
      search(box);
    });
  }
  document.addEventListener("input", function (event) {
    if (!event.target.matches("[data-source-search]")) return;
    clearTimeout(timer);
    timer = setTimeout(search, 250, event.target);
  });
  document.addEventListener("keydown", function (event) {
    var box = event.target;
    if (!box.matches("[data-source-search]")) {
      if (event.key === "Enter" && box.closest("[data-aside]") && box.tagName === "INPUT") event.preventDefault();
      return;
    }
    var all = options(box);
    var now = all.findIndex(function (option) { return option.getAttribute("aria-selected") === "true"; });
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(box, event.key === "ArrowDown" ? Math.min(now + 1, all.length - 1) : Math.max(now - 1, 0));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (all[now]) pick(all[now]);
    }
  });
  document.addEventListener("htmx:load", function (event) {
    event.detail.elt.querySelectorAll("[data-source-search]").forEach(function (box) {
      if (!box.closest(".source-picker").querySelector(".source-list").children.length) search(box);
    });
  });

  // what was taken out can be put back for a while
  document.addEventListener("htmx:load", function (event) {
    var undo = event.detail.elt.querySelector("[data-undo]");
    if (undo) setTimeout(function () { if (!undo.contains(document.activeElement)) undo.remove(); }, 20000);
  });
})();
