// The page of operations: whoever runs the server makes a backup and reads that it was proved; an admin sees phones.
import { expect, test } from '../setup/story';
import { signIn } from '../setup/sign-in';

test('whoever runs the server makes a backup and reads that it was proved', { tag: ['@phone'] }, async ({ page, axe }) => {
  await page.goto('/login');
  await page.getByLabel('用户名').fill('operator');
  await page.getByLabel('密码').fill('kaishi-demo-operator');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('link', { name: '运维' }).click();
  await axe(page);
  await page.getByRole('button', { name: '现在备份' }).click();
  await expect(async () => {
    await page.goto('/o/operations');
    await expect(page.locator('#backups .chip').first()).toHaveText('已校验', { timeout: 500 });
  }).toPass();
  await expect(page.locator('#keys tbody')).toContainText('正在签发');
  await page.getByText('怎样恢复').click();
  await expect(page.locator('#backups pre')).toContainText('kaishi restore --from data/backups/kaishi-');
  await axe(page);
});

test('an admin finds the phones of all Saturdays and the head of the trail', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto('/o/people');
  await page.getByRole('link', { name: '运维' }).click();
  await expect(page.locator('#phones')).toBeVisible();
  await expect(page.locator('#chains')).toContainText('操作记录链头');
  await expect(page.getByRole('button', { name: '现在备份' })).toHaveCount(0);
  await axe(page);
});
