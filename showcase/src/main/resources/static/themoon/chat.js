// A live conversation. It knows the last message it has (`last`) and what it has sent without hearing that it
// is stored (`waiting`). Whatever breaks, it comes again, to the same or another instance, asks for what comes
// after `last` and sends what waits again, by the same names: nothing is lost, nothing is there twice.
const chat = document.querySelector('.chat');
const me = Number(chat.dataset.me);
const as = Number(chat.dataset.as);
const list = chat.querySelector('.messages');
const link = chat.querySelector('.link');
const typingLine = chat.querySelector('.typing');
const form = chat.querySelector('.say');
const field = form.querySelector('input[name=text]');
const members = new Map([...chat.querySelectorAll('[data-user]')].map((item) => [Number(item.dataset.user), item]));
const waiting = new Map();
const typing = new Map();
const TYPING_MS = 10_000;
const TYPING_EVERY_MS = 3_000;
const HERE_MS = 20_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

let last = Number(chat.dataset.last);
let instances = chat.dataset.instances.split(' ').filter(Boolean);
let current = chat.dataset.instance;
let failures = 0;
let socket = null;
let typedAt = 0;

function name(user) {
  return members.get(user)?.dataset.name ?? 'somebody';
}

function connect() {
  const address = new URL(`${current}/socket`.replace(/^http/, 'ws'));
  address.searchParams.set('conversation', chat.dataset.conversation);
  address.searchParams.set('after', last);
  if (as > 0) {
    address.searchParams.set('as', as);
  }
  const opened = new WebSocket(address);
  socket = opened;
  opened.onmessage = (event) => received(JSON.parse(event.data));
  opened.onclose = () => {
    if (socket === opened) {
      socket = null;
      again();
    }
  };
}

// The same instance once more, then the others in turn, each time after a longer pause.
function again() {
  const places = instances.length === 0 ? [chat.dataset.instance] : instances;
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + Math.random() / 2);
  if (failures > 0) {
    current = places[(places.indexOf(current) + 1) % places.length];
  }
  failures += 1;
  say('away', `Connection lost; trying ${current} …`);
  setTimeout(connect, pause);
}

// crypto.randomUUID is there on secure pages only.
function uuid() {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));
}

function say(state, text) {
  link.dataset.state = state;
  link.textContent = text;
}

function send(frame) {
  if (socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(frame));
  }
}

function received(frame) {
  switch (frame.type) {
    case 'hello':
      failures = 0;
      current = frame.instance;
      instances = frame.instances.length > 0 ? frame.instances : instances;
      say('live', `Live by ${current}`);
      waiting.forEach((item, id) => send({ type: 'send', id, text: item.text }));
      break;
    case 'message':
      if (frame.number > last) {
        last = frame.number;
        show(frame);
      }
      break;
    case 'sent':
      stored(frame.id);
      break;
    case 'refused':
      say('live', frame.why);
      stored(frame.id);
      break;
    case 'typing':
      clearTimeout(typing.get(frame.user));
      typing.delete(frame.user);
      if (frame.on) {
        typing.set(frame.user, setTimeout(() => { typing.delete(frame.user); showTyping(); }, TYPING_MS));
      }
      showTyping();
      break;
    case 'online':
      members.forEach((item, user) => {
        const on = frame.users.includes(user);
        item.classList.toggle('online', on);
        item.querySelector('.state').textContent = on ? 'online' : 'not online';
      });
      break;
  }
}

function line(user, text, at) {
  const item = document.createElement('li');
  item.classList.toggle('mine', user === me);
  const who = document.createElement('b');
  who.textContent = name(user);
  const said = document.createElement('span');
  said.className = 'said';
  said.textContent = text;
  const time = document.createElement('time');
  time.dateTime = at.toISOString();
  time.textContent = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  item.append(who, ' ', said, ' ', time);
  return item;
}

function show(message) {
  const item = line(message.sender, message.text, new Date(message.at));
  item.dataset.number = message.number;
  // What waits to be stored stays at the end.
  list.insertBefore(item, list.querySelector('.waiting'));
  list.scrollTop = list.scrollHeight;
}

function stored(id) {
  waiting.get(id)?.item.remove();
  waiting.delete(id);
}

function showTyping() {
  const names = [...typing.keys()].map(name);
  typingLine.textContent = names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing …`;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (text === '') {
    return;
  }
  const id = uuid();
  const item = line(me, text, new Date());
  item.classList.add('waiting');
  list.append(item);
  list.scrollTop = list.scrollHeight;
  waiting.set(id, { text, item });
  send({ type: 'send', id, text });
  field.value = '';
  typedAt = 0;
  send({ type: 'typing', on: false });
});

field.addEventListener('input', () => {
  if (Date.now() - typedAt > TYPING_EVERY_MS) {
    typedAt = Date.now();
    send({ type: 'typing', on: true });
  }
});

setInterval(() => send({ type: 'here' }), HERE_MS);
list.scrollTop = list.scrollHeight;
say('away', `Connecting to ${current} …`);
connect();
