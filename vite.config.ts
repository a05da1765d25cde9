import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Makes the page cross-origin isolated, so that the engine may use threads. */
export const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * index.html forbids inline scripts and styles; hot reloading needs both, and a
 * socket. The built page keeps its policy.
 */
const developmentPolicy: Plugin = {
  name: "attune:development-policy",
  apply: (_, { command, isPreview }) => command === "serve" && !isPreview,
  transformIndexHtml: {
    order: "pre",
    handler: (html) =>
      html.replace(
        /<meta[^>]*http-equiv=["']Content-Security-Policy["'][^>]*>/i,
        "",
      ),
  },
};

export default defineConfig({
  // Relative, so that the built site works from any sub-path.
  base: "./",
  plugins: [react(), developmentPolicy],
  server: { port: 5173, strictPort: true, headers: isolation },
  preview: { port: 5173, strictPort: true, headers: isolation },
  worker: { format: "es" },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // TensorFlow.js is large and loads in the worker, behind the first paint.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/,
            },
            {
              name: "charts",
              test: /node_modules[\\/](recharts|d3-[^\\/]+|victory-vendor|@reduxjs|immer|reselect)[\\/]/,
            },
          ],
        },
      },
    },
  },
});
