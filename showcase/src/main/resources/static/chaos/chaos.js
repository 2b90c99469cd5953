const main = document.getElementById('chaos');
const said = document.getElementById('said');
const WORDS = { stop: 'Redis is being stopped.', start: 'Redis is being started.', slow: 'Redis answers nobody for 5 s.', empty: 'Redis is empty.', cut: 'All connections were cut.' };
let token = '';

async function call(path, method = 'GET') {
  const response = await fetch(`${main.dataset.base}/${path}`, { method, headers: { Authorization: `Bearer ${token}` }, cache: 'no-store', credentials: 'omit' });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.detail ?? `Status ${response.status}`);
  return body;
}

function show(id, value) {
  document.getElementById(id).textContent = typeof value === 'number' ? value.toLocaleString('en') : value;
}

async function look() {
  const { answers, seen } = await call('state');
  for (const field of ['stale', 'asked', 'failed', 'l1', 'l2', 'source', 'deferred']) show(field, seen[field]);
  show('redis', answers ? 'answers' : 'does not answer');
  show('skipped', seen.isSkipped ? 'The nodes skip it.' : '');
}

async function goOn() {
  try {
    await look();
  } catch (problem) {
    said.textContent = problem.message;
  }
  setTimeout(goOn, 1000);
}

document.getElementById('enter').addEventListener('submit', async (event) => {
  event.preventDefault();
  token = new FormData(event.target).get('token');
  try {
    await look();
  } catch (problem) {
    said.textContent = problem.message;
    return;
  }
  said.textContent = '';
  event.target.hidden = true;
  document.getElementById('board').hidden = false;
  setTimeout(goOn, 1000);
});

for (const button of document.querySelectorAll('[data-act]')) {
  button.addEventListener('click', async () => {
    try {
      await call(`act/${button.dataset.act}`, 'POST');
      said.textContent = WORDS[button.dataset.act];
    } catch (problem) {
      said.textContent = problem.message;
    }
  });
}
