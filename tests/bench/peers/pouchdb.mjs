// A PouchDB client on LevelDB: pouchdb.mjs URL FOLDER RECORDS. What stands in RECORDS, a line of JSON
// each with an id, is kept and then sent in batches of 100; another client fetches it all. Tells how
// many records a second.
import { readFileSync } from "node:fs";
import PouchDB from "pouchdb";

const [url, folder, records] = process.argv.slice(2);
const docs = readFileSync(records, "utf8").trim().split("\n").map((line) => {
  const { id, ...rest } = JSON.parse(line);
  return { _id: id, ...rest };
});

async function rate(replicate) {
  const began = performance.now();
  const done = await replicate();
  if (!done.ok || done.docs_written !== docs.length) {
    throw new Error(`${done.docs_written} of ${docs.length} were written`);
  }
  return docs.length / (performance.now() - began) * 1000;
}

const full = new PouchDB(`${folder}/full`);
const fresh = new PouchDB(`${folder}/fresh`);
const remote = new PouchDB(`${url}/records`);
await full.bulkDocs(docs);
await remote.info();
const push = await rate(() => full.replicate.to(remote, { batch_size: 100 }));
const pull = await rate(() => fresh.replicate.from(remote, { batch_size: 1000 }));
await Promise.all([full.close(), fresh.close(), remote.close()]);
console.log(JSON.stringify({ push, pull }));
process.exit(0);
