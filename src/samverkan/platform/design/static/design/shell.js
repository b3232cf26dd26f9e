// The shell's few manners: "/" goes to the search, Escape closes what is open, errors get focus.
(() => {
  "use strict";

  const isTyping = (element) =>
    element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

  const openMenus = () => document.querySelectorAll("details.menu[open], details.bottom__more[open]");

  document.addEventListener("keydown", (event) => {
    const search = document.getElementById("shell-search");
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "/" && search && !hasModifier && !isTyping(event.target)) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key === "Escape") {
      openMenus().forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      document.getElementById("shell-suggestions")?.replaceChildren();
    }
  });

  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (!event.target.closest(".top__search")) {
      document.getElementById("shell-suggestions")?.replaceChildren();
    }
  });

  document.querySelector("[data-focus]")?.focus();
})();
