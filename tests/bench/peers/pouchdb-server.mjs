// express-pouchdb on LevelDB in a folder: pouchdb-server.mjs FOLDER. Says "ready" and where.
import express from "express";
import pouchdbApp from "express-pouchdb";
import PouchDB from "pouchdb";

const folder = process.argv[2];
const Kept = PouchDB.defaults({ prefix: `${folder}/` });
const app = express();
app.use("/", pouchdbApp(Kept, { mode: "minimumForPouchDB", logPath: `${folder}/log.txt` }));
const server = app.listen(0, "127.0.0.1", () =>
  console.log(`ready http://127.0.0.1:${server.address().port}`));
