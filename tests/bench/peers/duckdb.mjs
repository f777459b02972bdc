// DuckDB over calls: duckdb.mjs CALLS ROUNDS, CALLS a table with commas. Counts them by queue and
// half-hour and by agent and day, and by queue alone; tells the milliseconds, the middle of the rounds,
// and the figures by queue and half-hour as text.
import { DuckDBInstance } from "@duckdb/node-api";

const [calls, rounds] = process.argv.slice(2);
const FIGURES = `
  COUNT(*) AS offered,
  COUNT(*) FILTER (outcome = 'completed') AS answered,
  COUNT(*) FILTER (outcome = 'abandoned') AS abandoned,
  COUNT(*) FILTER (outcome = 'abandoned' AND wait_s <= threshold_s) AS short_abandons,
  COUNT(*) FILTER (outcome = 'abandoned' AND wait_s > threshold_s) AS left_after,
  COUNT(*) FILTER (outcome = 'completed' AND wait_s > threshold_s) AS answered_late,
  COALESCE(SUM(wait_s) FILTER (outcome = 'completed'), 0) AS answered_wait_s,
  COALESCE(SUM(talk_s), 0) AS talk_s`;
const TOTALS = `
  CREATE OR REPLACE TABLE queue_total AS
    SELECT queue, entered_at // 1800000 * 1800000 AS slot_at, ${FIGURES} FROM calls GROUP BY ALL;
  CREATE OR REPLACE TABLE agent_total AS
    SELECT person_id, entered_at // 86400000 AS day, ${FIGURES} FROM calls
    WHERE outcome = 'completed' GROUP BY ALL`;
const REPORT = `SELECT queue, ${FIGURES} FROM calls GROUP BY queue ORDER BY queue`;

const connection = await (await DuckDBInstance.create(":memory:")).connect();

async function time(sql) {
  const spent = [];
  for (let i = 0; i <= rounds; i++) {
    const began = performance.now();
    for (const one of sql.split(";")) await connection.runAndReadAll(one);
    spent[i] = performance.now() - began;
  }
  return spent.slice(1).sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

await connection.run(`CREATE TABLE calls AS FROM read_csv('${calls}')`);
const totals_ms = await time(TOTALS);
const report_ms = await time(REPORT);
const figures = await connection.runAndReadAll(`
  SELECT string_agg(concat_ws(',', queue, slot_at, offered, answered, abandoned, short_abandons,
                              left_after, answered_late, answered_wait_s, talk_s), ';'
                    ORDER BY queue, slot_at) FROM queue_total`);
console.log(JSON.stringify({ totals_ms, report_ms, figures: figures.getRows()[0][0] }));
