// A tagged template that escapes what is put in.
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => String(text).replace(/[&<>"]/g, (char) => ESCAPES[char]);

function html(parts, ...values) {
  return parts.reduce((whole, part, place) => whole + escape(values[place - 1]) + part);
}

function list(items) {
  return items.map((item) => html`<li>${item.title}</li>`).join('');
}

module.exports = { html, list };
