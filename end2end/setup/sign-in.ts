// Signing in as the demo's organizer: with the form that people use the first time, then with the session it gave,
// because an account that signs in for every story is slowed down as a guesser would be.
import { expect, type Cookie, type Page } from '@playwright/test';
import type { Addresses } from './story';

const sessions = new Map<string, Cookie[]>();

export async function signIn(page: Page, demo: Addresses, who: { user: string; password: string } = demo.organizer) {
  const known = sessions.get(who.user);
  if (known) {
    await page.context().addCookies(known);
    await page.goto(`${demo.base}/o/`);
    if (/\/o\/$/.test(page.url())) return;
    await page.context().clearCookies();
  }
  await page.goto(`${demo.base}/login`);
  await page.getByLabel('用户名').fill(who.user);
  await page.getByLabel('密码').fill(who.password);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page).toHaveURL(/\/o\/$/);
  sessions.set(who.user, await page.context().cookies());
}

/** The organizer's address of a step of the demo's market. */
export function step(demo: Addresses, name: string): string {
  return demo.bulletin.replace(/bulletin$/, name);
}

/** What staff call the appeal whose page is open on the desk; its code is the resident's. */
export async function referenceOf(desk: Page): Promise<string> {
  return desk.locator('.one p', { hasText: '编号' }).locator('b').innerText();
}
