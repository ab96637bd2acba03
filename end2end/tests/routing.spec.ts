// An appeal from the resident's slip to the rating and back, with the map of duties in between; then the desk's other
// rooms: texts, public copies, paper, wishes.
import { expect, test } from '../setup/story';
import { referenceOf, signIn, step } from '../setup/sign-in';

const everybody = { tag: ['@phone', '@noscript'] };

interface Units { units: { url: string }[] }

test('the map of duties proposes, one click sends, and the resident has the last word', everybody, async ({ page, visitor, demo, axe }) => {
  test.slow();
  const home = (demo as unknown as Units).units[0].url;
  const phone = await visitor();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(home);
  const unit = await phone.getByRole('heading', { level: 1 }).innerText();
  const grid = `网格${Date.now() % 100000}`;

  const desk = await visitor();
  await signIn(desk, demo);
  await desk.goto(step(demo, 'appeals'));
  await desk.getByRole('link', { name: '责任田' }).click();
  await axe(desk);
  const sow = desk.locator('form[action="/o/duty/grids"]');
  await sow.getByLabel('是什么').selectOption({ label: '楼栋' });
  await sow.getByLabel('名称').fill(grid);
  await sow.getByLabel('管到哪里（可不填）').fill('1–4 栋');
  await sow.getByRole('button', { name: '加上' }).click();
  const card = desk.locator('.grids > li', { hasText: grid });
  await expect(card.locator('h3 .chip')).toHaveText('楼栋');
  await card.getByLabel('岗位').fill('楼长');
  await card.getByRole('button', { name: '加一个接单人' }).click();
  const rule = desk.locator('form[action="/o/duty/rules"]');
  await rule.locator('[name=category]').selectOption('help');
  await rule.locator('[name=grid]').selectOption({ label: grid });
  await rule.locator('[name=lead]').selectOption({ label: unit });
  await rule.getByRole('button', { name: '定下规则' }).click();
  await axe(desk);

  await page.goto(`${demo.stalls[1].url}/appeal`);
  await page.locator('label[for=kind-help]').click();
  await page.locator('#grid').selectOption({ label: `${grid} · 1–4 栋` });
  await page.locator('#words').fill('三栋门口的路灯不亮');
  await page.locator('#contact').fill('13800138000');
  await axe(page);
  await page.getByRole('button', { name: '提交' }).click();
  const slip = page.url().split('?')[0];
  const six = slip.split('-').pop()!;

  await desk.goto(`${step(demo, 'appeals')}/${six}`);
  const name = await referenceOf(desk);
  await expect(desk.locator('.advice')).toContainText('这一类、这个网格');
  await axe(desk);
  await desk.getByRole('button', { name: '照此派单' }).click();
  await expect(desk.locator('main')).toContainText('等接单');
  await expect(desk.locator('main')).not.toContainText('13800138000');
  await desk.getByRole('button', { name: '查看联系方式' }).click();
  await expect(desk.locator('main')).toContainText('13800138000');
  await axe(desk);

  const theirs = `${home}/appeals/${name}`;
  await phone.goto(theirs);
  await phone.getByRole('button', { name: '接单' }).click();
  await phone.getByRole('button', { name: '查看联系方式' }).click();
  await expect(phone.locator('main')).toContainText('13800138000');
  await axe(phone);
  for (const [how, grade] of [['换了灯泡', 'unsatisfied'], ['换了线路', 'satisfied']]) {
    await phone.goto(theirs);
    await phone.locator('summary', { hasText: '办结' }).click();
    await phone.locator('details[open] textarea').fill(how);
    await phone.locator('details[open] button').click();
    await page.goto(slip);
    await expect(page.locator('main')).toContainText(how);
    await page.locator(`label[for=grade-${grade}]`).click();
    await page.getByRole('button', { name: '交评价' }).click();
    await axe(page);
  }
  await expect(page.locator('main')).toContainText('谢谢您的评价');
  await page.getByRole('button', { name: '给我看看' }).click();
  await expect(page.locator('main')).toContainText('13800138000');
  await page.getByRole('button', { name: '删掉它' }).click();
  await expect(page.locator('main')).toContainText('联系方式已删掉');
});

test('the desk keeps a text, makes a copy public, prints slips; a unit takes a wish', everybody, async ({ page, visitor, demo, axe }) => {
  test.slow();
  await page.goto(demo.market);
  await page.getByRole('link', { name: '大家提的事' }).click();
  await page.getByRole('link', { name: '我也要提' }).click();
  await axe(page);
  await page.locator('label[for=kind-wish]').click();
  await page.locator('#words').fill('想要一副老花镜');
  await page.getByRole('button', { name: '提交' }).click();
  const six = page.url().split('?')[0].split('-').pop()!;

  const desk = await visitor();
  await signIn(desk, demo);
  await desk.goto(step(demo, 'appeals'));
  await desk.getByRole('link', { name: '答复模板' }).click();
  await desk.getByLabel('用在').selectOption('inform');
  await desk.getByLabel('名称').fill('正在找人');
  await desk.getByLabel('内容').fill('正在帮您找，请等两天');
  await desk.getByRole('button', { name: '存下模板' }).click();
  await axe(desk);
  await desk.goto(`${step(demo, 'appeals')}/${six}`);
  const name = await referenceOf(desk);
  await desk.getByRole('button', { name: '受理', exact: true }).click();
  await desk.locator('summary', { hasText: '告诉居民进展' }).click();
  await desk.locator('details[open]').getByRole('link', { name: '正在找人' }).first().click();
  await expect(desk.locator('details[open] textarea')).toHaveValue('正在帮您找，请等两天');
  await desk.getByLabel('公开的内容').fill('有位老人想要老花镜');
  await desk.getByLabel('公开', { exact: true }).check();
  await desk.getByRole('button', { name: '存公开稿' }).click();
  await axe(desk);
  await page.goto(`${demo.market}/voices`);
  await expect(page.locator('main')).toContainText('有位老人想要老花镜');
  await axe(page);

  await desk.goto(step(demo, 'appeals'));
  await desk.getByRole('checkbox', { name: `选中 ${six}` }).check();
  await axe(desk);
  await desk.getByRole('button', { name: '催办' }).click();
  await expect(desk.locator('main')).toContainText('办好 1 件');
  await desk.getByRole('link', { name: '预印纸条' }).click();
  await axe(desk);
  await desk.getByLabel('印多少张').fill('2');
  await desk.getByRole('button', { name: '生成并打印' }).click();
  expect(await desk.locator('.cut').count()).toBeGreaterThanOrEqual(2);
  await axe(desk);

  const phone = await visitor();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto((demo as unknown as Units).units[0].url);
  await phone.getByRole('link', { name: '微心愿' }).click();
  await axe(phone);
  await phone.locator('li', { hasText: name }).getByRole('button', { name: '认领' }).click();
  await expect(phone.locator('main')).toContainText('想要一副老花镜');
});
