"use strict";
const tokens = [...document.querySelectorAll(".t")];
const details = document.getElementById("details");
// A text that is shown twice has two elements for each token.
const alike = new Map();
tokens.forEach((token, place) => {
  const group = alike.get(token.dataset.i) ?? [];
  group.push(token);
  alike.set(token.dataset.i, group);
  token.dataset.d = token.title;
  token.dataset.place = place;
  token.removeAttribute("title");
});
let shown = [];
let at = -1;
const show = (token) => {
  for (const other of shown) other.classList.remove("at");
  shown = alike.get(token.dataset.i);
  for (const other of shown) other.classList.add("at");
  at = Number(token.dataset.place);
  details.textContent = shown.map((other) => other.dataset.d).join("\n\n");
};
document.addEventListener("mouseover", (event) => {
  const token = event.target.closest(".t");
  if (token) show(token);
});
document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || tokens.length === 0) return;
  show(tokens[Math.min(Math.max(at + step, 0), tokens.length - 1)]);
  tokens[at].scrollIntoView({ block: "nearest" });
  event.preventDefault();
});
document.documentElement.dataset.tokens = String(tokens.length);
