// The week narrowed to what suits one: the choices stand in the address, as the finder's do.

const week = document.querySelector("[data-week]");
const form = week.querySelector("[data-narrow]");

function narrow() {
  const { gratis, til } = form.elements;
  const hours = [...week.querySelectorAll(".hours > li")];
  for (const hour of hours) {
    const groups = hour.dataset.for.split(" ");
    const suits = (!gratis.checked || "free" in hour.dataset) && (!til.value || groups.includes(til.value) || groups.includes("alle"));
    hour.classList.toggle("unsuited", !suits);
  }
  const shown = hours.filter((hour) => hour.checkVisibility()).length;
  const told = `${shown} ${shown === 1 ? "gang passer" : "gange passer"} til dine valg.`;
  form.querySelector("[role=status]").textContent = gratis.checked || til.value ? told : "";
}

if (form) {
  const asked = new URLSearchParams(location.search);
  form.elements.gratis.checked = asked.get("gratis") === "ja";
  form.elements.til.value = asked.get("til") ?? "";
  if (form.elements.til.selectedIndex < 0) form.elements.til.value = "";
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    narrow();
    const address = new URL(location.href);
    for (const [name, value] of [["gratis", form.elements.gratis.checked ? "ja" : ""], ["til", form.elements.til.value]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  });
  narrow();
}
