// What every story stands on: the demo's addresses, an eye on the console, and axe.
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

/** What `kaishi demo --addresses FILE` writes. */
export interface Addresses {
  base: string;
  market: string;
  screen: string;
  counts: string;
  bulletin: string;
  organizer: { user: string; password: string };
  committee: { user: string; password: string };
  stalls: { no: string; name: string; url: string }[];
  staff: { no: string; url: string }[];
}

interface Fixtures {
  /** Console lines that this story expects, for example of a page that is refused. */
  expected: RegExp[];
  /** Another person with a browser of their own, watched as closely as the first. */
  visitor: () => Promise<Page>;
  watched: void;
  /** Checks the page with axe; nothing may be found. */
  axe: (page: Page) => Promise<void>;
}

export const test = base.extend<Fixtures, { demo: Addresses }>({
  demo: [
    async ({}, use) => {
      const file = process.env.END2END_ADDRESSES;
      if (!file) throw new Error('END2END_ADDRESSES is not set: the stories are run by `npx playwright test`');
      await use(JSON.parse(readFileSync(file, 'utf8')));
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ demo }, use) => use(demo.base),
  expected: [[], { option: true }],

  // Every error that a page reports fails its story: a broken policy is an error on the console too.
  watched: [
    async ({ context, expected }, use) => {
      const faults: string[] = [];
      watch(context, faults);
      await use();
      expect(unexpected(faults, expected), 'errors on the page').toEqual([]);
    },
    { auto: true },
  ],

  visitor: async ({ browser, expected }, use) => {
    const faults: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      watch(context, faults);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(unexpected(faults, expected), "errors on a visitor's page").toEqual([]);
  },

  // Axe is a script itself, so where pages run none it looks at nothing; the same page is seen on the phone.
  axe: async ({ javaScriptEnabled }, use) => {
    await use(async (page) => {
      if (javaScriptEnabled === false) return;
      const found = await new AxeBuilder({ page }).analyze();
      const told = found.violations.map(
        (v) => `${v.id} (${v.impact}): ${v.help}\n  ${v.nodes.map((n) => n.html.slice(0, 160)).join('\n  ')}`,
      );
      expect(told, `what axe finds on ${page.url()}`).toEqual([]);
    });
  },
});

function watch(context: BrowserContext, faults: string[]) {
  context.on('console', (line) => {
    if (line.type() === 'error') faults.push(`console: ${line.text()} (${line.page()?.url()})`);
  });
  context.on('weberror', (fault) => faults.push(`page: ${fault.error().message}`));
  context.on('response', (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.status()}: ${answer.url()}`);
  });
}

function unexpected(faults: string[], expected: RegExp[]): string[] {
  return faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
}

export { expect };
