// What the built page asks of a host, and of the network: next to nothing.

import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { expect, test } from "@playwright/test";
import {
  exported,
  open,
  openWith,
  predict,
  reach,
  setNumbers,
  short,
  snapshot,
  train,
  upload,
} from "./studio.ts";
import { simple } from "./tables.ts";

test("a whole journey asks no other origin for anything and breaks no policy", async ({
  page,
  baseURL,
}) => {
  const problems: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (
      !["data:", "blob:"].includes(url.protocol) &&
      url.origin !== new URL(baseURL!).origin
    )
      problems.push(`request to ${url.origin}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`page: ${error.message}`));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  await openWith(page, simple());
  await setNumbers(page, short);
  await train(page);
  await predict(page, "the crisp plum was there again");
  await exported(page);
  expect(
    await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute("content"),
  ).toContain("default-src");
  expect(problems).toEqual([]);
});

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** A plain static host: a sub-path, no isolation headers. */
async function plainHost(prefix: string) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(
      new URL(request.url!, "http://host").pathname,
    );
    const inside = normalize(path.slice(prefix.length)) || "/";
    const target = join(
      "dist",
      inside.endsWith("/") ? `${inside}index.html` : inside,
    );
    const found =
      path.startsWith(prefix) &&
      (await stat(target).catch(() => null))?.isFile();
    if (!found) return void response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": types[extname(target)] ?? "application/octet-stream",
    });
    createReadStream(target).pipe(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    close: () => server.close(),
  };
}

test("a plain static host, a sub-path and no isolation headers are enough to train", async ({
  page,
}) => {
  const host = await plainHost("/some/where");
  try {
    await open(page, "run-on=wasm", `${host.url}/`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await upload(page, simple());
    await reach(page, "ready");
    await setNumbers(page, short);
    await train(page);
    expect((await snapshot(page)).executor).toBe("wasm");
  } finally {
    host.close();
  }
});
