// Builds one SVG sprite: node sprite.mjs LIST ICON_FOLDER > icons.svg
import { readFileSync } from "node:fs";

const [list, folder] = process.argv.slice(2);
const lines = readFileSync(list, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
const symbols = lines.map((line) => {
  const [name, file] = line.split("=");
  const svg = readFileSync(`${folder}/${file}.svg`, "utf8");
  const box = /viewBox="([^"]+)"/.exec(svg)[1];
  const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="${box}">${inner}</symbol>`;
});
const mark = '<symbol id="mark" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#9b1c1c"/>'
  + '<rect x="3.5" y="3.5" width="25" height="25" rx="3.5" fill="none" stroke="#fff" stroke-opacity=".55"/>'
  + '<path d="M7 23.5 14.2 11l4 6.6 2.3-3.4L25 23.5" fill="none" stroke="#fff" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"/>'
  + "</symbol>";
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg">\n${[mark, ...symbols].join("\n")}\n</svg>\n`);
