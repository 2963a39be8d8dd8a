// The public files as programs of JavaScript read them: SheetJS, ExcelJS, hyparquet, parquet-wasm.
// In: a folder with an unpacked release. Out: lines of JSON as read_python.py writes them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const require = createRequire(`${process.cwd()}/node_modules/`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
const TABLES = ["deployments", "estimates_by_force", "claims", "populations"];
const SHEETS = { Deployments: "deployments", "Estimates by force": "estimates_by_force" };

function plain(value, kind) {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return "not a date";
    const text = value.toISOString();
    return text.startsWith("1899-12-3") ? `time:${text.slice(11, 19)}`
      : text.endsWith("T00:00:00.000Z") ? `date:${text.slice(0, 10)}` : `moment:${text}`;
  }
  if (typeof value === "object") return value.text ?? value.richText?.map((part) => part.text).join("") ?? String(value);
  return value;
}

async function tell(name, file, table, read) {
  const line = { reader: `${name} ${version(name)}`, file, table };
  try {
    line.columns = await read();
  } catch (error) {
    line.error = `${error.name}: ${error.message.slice(0, 160)}`;
  }
  console.log(JSON.stringify(line));
}

function fromRows(rows) {
  const top = rows.findIndex((row) => row.length > 1 && row[1] !== null && row[1] !== undefined && row[1] !== "");
  const body = rows.slice(top + 1).filter((row) => row.some((cell) => cell !== null && cell !== undefined && cell !== ""));
  return Object.fromEntries(rows[top].map((name, place) => [name, body.map((row) => plain(row[place]))]));
}

const XLSX = require("xlsx");
const ExcelJS = require("exceljs");
for (const [name, table] of Object.entries(SHEETS)) {
  for (const book of ["lfr.xlsx", "lfr.ods"]) {
    await tell("xlsx", book.slice(3), table, () => {
      const opened = XLSX.readFile(`${folder}/${book}`, { cellDates: true, UTC: true });
      return fromRows(XLSX.utils.sheet_to_json(opened.Sheets[name], { header: 1, UTC: true }));
    });
  }
  await tell("exceljs", ".xlsx", table, async () => {
    const opened = new ExcelJS.Workbook();
    await opened.xlsx.readFile(`${folder}/lfr.xlsx`);
    const rows = [];
    opened.getWorksheet(name).eachRow({ includeEmpty: true }, (row) => rows.push(Array.from(row.values).slice(1)));
    return fromRows(rows);
  });
}
for (const table of TABLES) {
  await tell("xlsx", ".csv", table, () => {
    const opened = XLSX.read(readFileSync(`${folder}/data/${table}.csv`), { type: "buffer", cellDates: true, UTC: true, codepage: 65001 });
    return fromRows(XLSX.utils.sheet_to_json(opened.Sheets[opened.SheetNames[0]], { header: 1, UTC: true }));
  });
  const bytes = readFileSync(`${folder}/data/${table}.parquet`);
  await tell("hyparquet", ".parquet", table, async () => {
    const { parquetReadObjects } = await load("hyparquet");
    const { compressors } = await load("hyparquet-compressors");
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const rows = await parquetReadObjects({ file: buffer, compressors });
    return Object.fromEntries(Object.keys(rows[0]).map((name) => [name, rows.map((row) => plain(row[name]))]));
  });
  await tell("parquet-wasm", ".parquet", table, async () => {
    const wasm = require("parquet-wasm/node");
    const arrow = require("apache-arrow");
    const read = arrow.tableFromIPC(wasm.readParquet(bytes).intoIPCStream());
    return Object.fromEntries(read.schema.fields.map((field) => {
      const date = String(field.type).startsWith("Date");
      const values = Array.from(read.getChild(field.name));
      return [field.name, values.map((value) => date && value !== null ? plain(new Date(Number(value))) : plain(value))];
    }));
  });
}
