/* Prints what Lighthouse says of each address: `node scores.js PATH_OF_CHROME CATEGORIES ADDRESS...` gives one line of
 * JSON each, with the score of each category, the audits that took something from it, and how fast the machine was. */
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories, ...addresses] = process.argv.slice(2);
const onlyCategories = categories.split(",");
// Speed is that of a middling phone with a slow network, worked out from what was seen here; no other score needs it.
const throttlingMethod = onlyCategories.includes("performance") ? "simulate" : "provided";
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu"];
const chrome = await launcher.launch({ chromePath, chromeFlags });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port,
      logLevel: "error",
      onlyCategories,
      throttlingMethod,
    });
    const lacking = Object.values(lhr.categories)
      .flatMap((category) => category.auditRefs.filter(({ weight }) => weight > 0))
      .map(({ id }) => lhr.audits[id])
      .filter(({ score }) => score !== null && score < 1);
    console.log(JSON.stringify({
      address,
      trouble: lhr.runtimeError?.message ?? "",
      machine: lhr.environment.benchmarkIndex,
      scores: Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, score])),
      lacking: lacking.map(({ id, title, score, displayValue, numericValue, details }) => (
        { id, title, score, displayValue, value: numericValue, items: (details?.items ?? []).slice(0, 5) }
      )),
    }));
  }
} finally {
  chrome.kill();
}
