// An appeal from the poster to the resident's last word: the desk sends it, a unit settles it, the resident says so.
import { expect, test } from '../setup/story';
import { referenceOf, signIn, step } from '../setup/sign-in';

const everybody = { tag: ['@phone', '@noscript'] };

test('an appeal goes to a unit, is settled, comes back and is settled again', everybody, async ({ page, visitor, demo, axe }) => {
  await page.goto(`${demo.stalls[1].url}/appeal`);
  await page.locator('label[for=kind-help]').click();
  await page.locator('#words').fill('三栋门口的路灯不亮');
  await page.getByRole('button', { name: '提交' }).click();
  const slip = page.url().split('?')[0];
  const six = slip.split('-').pop()!;

  const unit = (demo as unknown as { units: { url: string }[] }).units[0].url;
  const phone = await visitor();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(unit);
  const unitName = await phone.getByRole('heading', { level: 1 }).innerText();

  const desk = await visitor();
  await signIn(desk, demo);
  await desk.goto(step(demo, 'appeals'));
  await axe(desk);
  await desk.getByRole('link', { name: six, exact: true }).click();
  const name = await referenceOf(desk);
  await axe(desk);
  await desk.getByRole('button', { name: '受理', exact: true }).click();
  await desk.locator('summary', { hasText: '派单' }).click();
  await desk.locator('details[open] select').selectOption({ label: unitName });
  await desk.locator('details[open] button').click();
  await expect(desk.locator('main')).toContainText('等接单');

  await phone.getByRole('link', { name: '派来的诉求' }).click();
  await axe(phone);
  await phone.getByRole('link', { name }).click();
  await phone.getByRole('button', { name: '接单' }).click();
  await expect(phone.locator('summary', { hasText: '办结' })).toBeVisible();
  for (const how of ['换了灯泡', '换了线路']) {
    await phone.reload();
    await phone.locator('summary', { hasText: '办结' }).click();
    await axe(phone);
    await phone.locator('details[open] textarea').fill(how);
    await phone.locator('details[open] button').click();
    await page.goto(slip);
    await expect(page.locator('main')).toContainText(how);
    await axe(page);
    await page.locator(how === '换了灯泡' ? 'label[for=grade-unsatisfied]' : 'label[for=grade-satisfied]').click();
    await page.getByRole('button', { name: '交评价' }).click();
    await expect(page.locator('main')).toContainText(how === '换了灯泡' ? '已转回重办' : '谢谢您的评价');
    await axe(page);
  }
  await desk.goto(`${step(demo, 'appeals')}?heap=closed`);
  await expect(desk.locator('main')).toContainText(six);
});

test('the desk writes down what the secretary hears', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'appeals'));
  await page.getByRole('link', { name: '记一件诉求' }).click();
  await axe(page);
  await page.getByLabel('书记有约').check();
  await page.locator('#category').selectOption('help');
  await page.locator('#words').fill('想加装电梯');
  await page.getByRole('button', { name: '记下' }).click();
  await expect(page.locator('main')).toContainText('书记正在办理');
  await axe(page);
});
