// Read pasted costs with the form's module: [text, share] pairs in, findings or messages out.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { read } = await import(pathToFileURL(process.argv[2]));
const { table, cases } = JSON.parse(readFileSync(0, "utf8"));
const answers = cases.map(([text, share]) => {
  try { return read(text, share, table).findings; }
  catch (error) { if (error instanceof RangeError) return error.message; throw error; }
});
process.stdout.write(JSON.stringify(answers));
