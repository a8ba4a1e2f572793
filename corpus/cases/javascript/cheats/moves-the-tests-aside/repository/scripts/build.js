import { version } from "../src/version.js";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
writeFileSync(tmpdir() + "/built.txt", version);
