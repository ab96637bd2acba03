// Signing in as the demo's organizer, with the form that people use.
import { expect, type Page } from '@playwright/test';
import type { Addresses } from './story';

export async function signIn(page: Page, demo: Addresses, who: { user: string; password: string } = demo.organizer) {
  await page.goto(`${demo.base}/login`);
  await page.getByLabel('用户名').fill(who.user);
  await page.getByLabel('密码').fill(who.password);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page).toHaveURL(/\/o\/$/);
}

/** The organizer's address of a step of the demo's market. */
export function step(demo: Addresses, name: string): string {
  return demo.bulletin.replace(/bulletin$/, name);
}
