// No panel holds a literal text: what a person can read or hear goes through say.ts,
// so that it is there in every language.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/** Attributes that people read or hear. */
const heard =
  /^(aria-(label|roledescription|valuetext|description)|title|alt|placeholder|label|summary|explain|note|problem|caption|heading)$/;
/** Names are the same everywhere. */
const names = ["Attune", "CPU"];
/** What makes a text of two; a comparison makes none. */
const joins = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

function literalsIn(file: string, source: string): string[] {
  const tree = ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const report = (text: string) => {
    const line = text.replace(/\s+/g, " ").trim();
    if (/\p{L}{2}/u.test(line) && !names.includes(line))
      found.push(`${file}: ${line}`);
  };
  const isText = (node: ts.Node): node is ts.StringLiteralLike =>
    ts.isStringLiteralLike(node);
  /** Strings that stand where text is drawn: also in a choice between two. */
  function strings(node: ts.Node): void {
    if (isText(node)) report(node.text);
    else if (ts.isTemplateExpression(node)) {
      report(node.head.text);
      for (const { literal } of node.templateSpans) report(literal.text);
    } else if (ts.isConditionalExpression(node)) {
      strings(node.whenTrue);
      strings(node.whenFalse);
    } else if (ts.isParenthesizedExpression(node)) strings(node.expression);
    else if (ts.isBinaryExpression(node) && joins.has(node.operatorToken.kind))
      [node.left, node.right].forEach(strings);
  }
  function visit(node: ts.Node): void {
    if (ts.isJsxText(node)) report(node.text);
    if (ts.isJsxExpression(node) && node.expression) {
      const attribute = ts.isJsxAttribute(node.parent) ? node.parent : null;
      if (!attribute || heard.test(attribute.name.getText()))
        strings(node.expression);
    }
    if (
      ts.isJsxAttribute(node) &&
      heard.test(node.name.getText()) &&
      node.initializer &&
      isText(node.initializer)
    )
      report(node.initializer.text);
    ts.forEachChild(node, visit);
  }
  visit(tree);
  return found;
}

test("views hold no literal text", () => {
  const files = readdirSync("src/views", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx"))
    // For developers: the panels side by side.
    .filter((name) => !name.startsWith("gallery"));
  expect(files.length).toBeGreaterThan(30);
  const found = files.flatMap((name) =>
    literalsIn(name, readFileSync(join("src/views", name), "utf8")),
  );
  expect(found).toEqual([]);
});

test("a literal is found wherever it hides", () => {
  const source = `const x = <p title="A title" className="no text">
    Some text {flag ? "or another" : \`or \${n} more\`} {say("code")}
    <b aria-label={n > 1 ? "many" : say("one")}>{"–"}</b>
  </p>;`;
  expect(literalsIn("x.tsx", source)).toEqual([
    "x.tsx: A title",
    "x.tsx: Some text",
    "x.tsx: or another",
    "x.tsx: or",
    "x.tsx: more",
    "x.tsx: many",
  ]);
});
