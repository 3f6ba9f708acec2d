// The original's first design, its Node half, as its first versions generated it: copies the binary
// to the container's folder for temporary files, starts it, waits for SIGUSR2, and sends each event
// with its context over HTTP on localhost. The first event waits for the handshake.

import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PORT = Number(process.env.SPARTA_SIDECAR_PORT ?? 9999);
let ready;

const start = () =>
  new Promise((resolve, reject) => {
    const binary = join(mkdtempSync(join(tmpdir(), "sparta-")), "sidecar");
    copyFileSync(join(dirname(fileURLToPath(import.meta.url)), "sidecar"), binary);
    chmodSync(binary, 0o755);
    process.once("SIGUSR2", resolve);
    const child = spawn(binary, [String(process.pid), `127.0.0.1:${PORT}`], { stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the sidecar ended with ${code}`)));
    process.on("exit", () => child.kill());
  });

const proxied = (name, event, context) =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ event, context });
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const options = { host: "127.0.0.1", port: PORT, path: `/${name}`, method: "POST", headers };
    const sent = request(options, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (answer.statusCode >= 400) reject(new Error(text));
        else resolve(JSON.parse(text));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });

const forward = (name) => async (event, context) => {
  ready ??= start();
  await ready;
  return proxied(name, event, context);
};

export const hello = forward("hello");
export const orders = forward("orders");
