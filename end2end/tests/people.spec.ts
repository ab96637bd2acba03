// Who works here: an admin invites, somebody new comes in with a role, a committee goes up to its street and sees sums.
import { expect, test } from '../setup/story';
import { signIn } from '../setup/sign-in';

test.use({ expected: [/status of 422/] }); // of the digits that were not right

test('an admin invites an auditor, who reads and changes nothing', { tag: ['@phone'] }, async ({ page, demo, axe, visitor }) => {
  await signIn(page, demo);
  await page.goto('/o/people');
  await axe(page);
  await page.getByRole('checkbox', { name: /审计/ }).check();
  await page.getByRole('button', { name: '生成链接' }).click();
  const link = page.locator('.open-links input').last();
  await expect(link).toBeVisible();
  await axe(page);

  const auditor = await visitor();
  await auditor.goto(await link.inputValue());
  await expect(auditor.locator('main')).toContainText('请您来做审计');
  const login = `reader${Date.now() % 100_000_000}`;
  await auditor.getByLabel('用户名').fill(login);
  await auditor.getByLabel('密码').fill('梧桐树下的第三张桌子');
  await axe(auditor);
  await auditor.getByRole('button', { name: '建好，去登录' }).click();
  await auditor.getByLabel('用户名').fill(login);
  await auditor.getByLabel('密码').fill('梧桐树下的第三张桌子');
  await auditor.getByRole('button', { name: '登录' }).click();
  await auditor.goto('/o/audit');
  await expect(auditor.locator('table')).toContainText('person.join');
  await axe(auditor);
  await auditor.goto('/o/self');
  await expect(auditor.locator('main')).toContainText('已登录的设备');
  await axe(auditor);

  await page.goto('/o/people');
  await page.getByRole('link', { name: login }).click();
  await axe(page);
  await page.getByRole('button', { name: '停用' }).click();
  await expect(page.locator('.chip')).toContainText('已停用');
  await auditor.goto('/o/audit');
  await expect(auditor).toHaveURL(/\/login$/);
});

test('a committee goes up to its street and sees sums of the communities', async ({ page, demo, axe }) => {
  await page.goto('/login');
  await page.getByLabel('用户名').fill(demo.committee.user);
  await page.getByLabel('密码').fill(demo.committee.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.goto('/o/self');
  await page.getByRole('listitem').filter({ hasText: '莲花街道党工委' }).getByRole('button', { name: '切换到这里' }).click();
  await expect(page).toHaveURL(/\/o\/street$/);
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await expect(page.locator('tbody')).toContainText('福中社区党委');
  await expect(page.locator('tbody')).toContainText('327');
  await axe(page);
});

test('the second step is set up with a code to scan', async ({ page, demo, axe }) => {
  await page.goto('/login');
  await page.getByLabel('用户名').fill('auditor');
  await page.getByLabel('密码').fill('kaishi-demo-auditor');
  await page.getByRole('button', { name: '登录' }).click();
  await page.goto('/o/self/second');
  await axe(page);
  await page.getByRole('button', { name: '开始设置' }).click();
  await expect(page.getByRole('img', { name: '给验证器扫的二维码' })).toBeVisible();
  await axe(page);
  await page.getByLabel('6 位数字').fill('000000');
  await page.getByRole('button', { name: '确认' }).click();
  await expect(page.getByRole('alert')).toContainText('数字不对');
});
