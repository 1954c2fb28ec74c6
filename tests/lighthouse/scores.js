/* Prints what Lighthouse says of each address: `node scores.js PATH_OF_CHROME ADDRESS...` gives one line of JSON each,
 * with the score of each category and the audits that took something from it. */
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu"];
const chrome = await launcher.launch({ chromePath, chromeFlags });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port,
      logLevel: "error",
      onlyCategories: ["accessibility", "best-practices", "seo"],
      throttlingMethod: "provided", // none of these scores depends on speed
    });
    const lacking = Object.values(lhr.categories)
      .flatMap((category) => category.auditRefs.filter(({ weight }) => weight > 0))
      .map(({ id }) => lhr.audits[id])
      .filter(({ score }) => score !== null && score < 1);
    console.log(JSON.stringify({
      address,
      trouble: lhr.runtimeError?.message ?? "",
      scores: Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, score])),
      lacking: lacking.map(({ id, title, details }) => ({ id, title, items: (details?.items ?? []).slice(0, 5) })),
    }));
  }
} finally {
  chrome.kill();
}
