// What somebody would write who needs no linter: js-yaml and ajv over a folder of Markdown files.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as yaml from "js-yaml";

const [schema, folder] = process.argv.slice(2);
const ajv = addFormats(new Ajv({ allErrors: true, strict: false }));
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith(".md")) continue;
  const text = readFileSync(join(folder, name), "utf8");
  const end = text.indexOf("\n---", 3);
  if (!validate(yaml.load(text.slice(4, end + 1)))) {
    console.log(name, ajv.errorsText(validate.errors));
    process.exitCode = 1;
  }
}
