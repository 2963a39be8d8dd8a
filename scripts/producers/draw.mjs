// Producers of Node.js: pdf-lib, pdfkit, jsPDF (drawing), pdfmake and jspdf-autotable (setting tables).
// In: a folder with <trait>.json (scene, page) and the font. Out: <producer>/<trait>.pdf.
import { createWriteStream, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, fontPath] = process.argv.slice(2);
const require = createRequire(`${process.cwd()}/node_modules/`);
const font = readFileSync(fontPath);
const [W, H] = [842, 595];
const hex = (colour) => "#" + colour.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("");

const makers = {
  async "pdf-lib"({ scene }, path) {
    const { PDFDocument, rgb } = require("pdf-lib");
    const document = await PDFDocument.create();
    document.registerFontkit(require("@pdf-lib/fontkit"));
    const face = await document.embedFont(font, { subset: true });
    for (const sheet of scene) {
      const page = document.addPage([W, H]);
      for (const [kind, ...v] of sheet) {
        if (kind === "rect") page.drawRectangle({ x: v[0], y: H - v[1] - v[3], width: v[2], height: v[3], color: rgb(...v[4]) });
        else if (kind === "line") page.drawLine({ start: { x: v[0], y: H - v[1] }, end: { x: v[2], y: H - v[3] }, thickness: v[4], color: rgb(...v[5]) });
        else page.drawText(v[4], { x: v[0], y: H - v[1], size: v[2], color: rgb(...v[3]), font: face });
      }
    }
    writeFileSync(path, await document.save());
  },
  async pdfkit({ scene }, path) {
    const PDFDocument = require("pdfkit");
    const document = new PDFDocument({ size: [W, H], margin: 0, autoFirstPage: false });
    const out = document.pipe(createWriteStream(path));
    for (const sheet of scene) {
      document.addPage();
      for (const [kind, ...v] of sheet) {
        if (kind === "rect") document.rect(...v.slice(0, 4)).fill(hex(v[4]));
        else if (kind === "line") document.moveTo(v[0], v[1]).lineTo(v[2], v[3]).lineWidth(v[4]).stroke(hex(v[5]));
        else document.font(fontPath).fontSize(v[2]).fillColor(hex(v[3])).text(v[4], v[0], v[1], { baseline: "alphabetic", lineBreak: false });
      }
    }
    document.end();
    await new Promise((done) => out.on("finish", done));
  },
  async jsPDF({ scene }, path) {
    const document = newJsPdf();
    scene.forEach((sheet, number) => {
      if (number) document.addPage([W, H], "landscape");
      for (const [kind, ...v] of sheet) {
        if (kind === "rect") document.setFillColor(hex(v[4])).rect(...v.slice(0, 4), "F");
        else if (kind === "line") document.setLineWidth(v[4]).setDrawColor(hex(v[5])).line(...v.slice(0, 4));
        else document.setFontSize(v[2]).setTextColor(hex(v[3])).text(v[4], v[0], v[1]);
      }
    });
    writeFileSync(path, Buffer.from(document.output("arraybuffer")));
  },
  async "jsPDF autotable"({ page }, path) {
    if (["note", "struck", "white"].includes(page.mark?.kind)) return; // it has no parts of a cell
    const { autoTable } = require("jspdf-autotable");
    const document = newJsPdf();
    const rule = { all: 0.75, across: { top: 0.75, bottom: 0.75 }, none: 0 }[page.rules];
    autoTable(document, {
      head: [page.headings], body: page.cells, theme: page.bands ? "striped" : "plain",
      styles: { font: "DejaVu", fontSize: 7, lineWidth: rule, lineColor: 0 },
      headStyles: { fontStyle: "normal", ...(page.shade ? { fillColor: 204, textColor: 0 } : {}) },
      didParseCell: ({ section, row, column, cell }) => {
        const { mark } = page;
        if (mark?.kind === "covered" && section === "body" && row.index === mark.row && column.index === mark.column) Object.assign(cell.styles, { fillColor: 0, textColor: 0 });
      },
    });
    writeFileSync(path, Buffer.from(document.output("arraybuffer")));
  },
  async pdfmake({ page }, path) {
    const pdfmake = require("pdfmake");
    const fonts = { DejaVu: { normal: fontPath, bold: fontPath } };
    const cell = (row, column, text) => {
      const { mark } = page;
      if (!mark || mark.row !== row || mark.column !== column) return { text };
      if (mark.kind === "covered") return { text, fillColor: "#000000" };
      if (mark.kind === "note") return { text: [text, { text: mark.extra, sup: true }] };
      if (mark.kind === "white") return { text: [text, { text: mark.extra, color: "#ffffff" }] };
      return { text: [{ text: mark.extra, decoration: "lineThrough" }, " ", text] };
    };
    const rule = (kinds) => () => (kinds.includes(page.rules) ? 0.75 : 0);
    const body = [page.headings.map((text) => ({ text, ...(page.shade ? { fillColor: "#cccccc" } : {}) }))];
    page.cells.forEach((row, number) => body.push(row.map((text, column) => ({
      ...(page.bands && number % 2 === 0 ? { fillColor: "#ebebeb" } : {}), ...cell(number, column, text) }))));
    const definition = {
      pageSize: "A4", pageOrientation: "landscape", pageMargins: 30, defaultStyle: { font: "DejaVu", fontSize: 7 },
      content: [{ table: { headerRows: 1, widths: page.widths.map((width) => width * 0.86), body },
        layout: { hLineWidth: rule(["all", "across"]), vLineWidth: rule(["all"]) } }],
    };
    pdfmake.setFonts(fonts);
    await pdfmake.createPdf(definition).write(path);
  },
};

function newJsPdf() {
  const { jsPDF } = require("jspdf");
  const document = new jsPDF({ unit: "pt", format: [W, H], orientation: "landscape" });
  document.addFileToVFS("DejaVu.ttf", font.toString("base64"));
  document.addFont("DejaVu.ttf", "DejaVu", "normal");
  return document.setFont("DejaVu");
}

for (const [name, make] of Object.entries(makers)) {
  mkdirSync(`${folder}/${name}`, { recursive: true });
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith(".json"))) {
    const path = `${folder}/${name}/${file.replace(".json", ".pdf")}`;
    try {
      await make(JSON.parse(readFileSync(`${folder}/${file}`, "utf8")), path);
    } catch (error) {
      console.error(`${name}, ${file}: ${error.message}`);
    }
  }
}
