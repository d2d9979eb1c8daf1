import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';
import './docs.css';

const CONTRACT = '/api/openapi.yaml';

/** What is tried goes to the platform that serves this page, wherever that is. */
function here<T extends { url: string }>(request: T): T {
  const { pathname, search } = new URL(request.url, location.origin);
  request.url = location.origin + pathname + search;
  return request;
}

/** The contract, to read and to try; whoever has logged in to the console is known here too. */
async function show(place: HTMLElement): Promise<void> {
  const answer = await fetch(CONTRACT, { method: 'GET' });
  if (answer.ok) {
    SwaggerUI({
      url: CONTRACT,
      domNode: place,
      deepLinking: true,
      defaultModelsExpandDepth: 0,
      requestInterceptor: here,
    });
  } else {
    const sentence = answer.status === 401 ? 'Log in to the console first, then come back: ' : 'The contract did not come: ';
    const link = document.createElement('a');
    link.href = '/';
    link.textContent = 'the console';
    const text = document.createElement('p');
    text.setAttribute('role', 'alert');
    text.append(sentence, link);
    place.replaceChildren(text);
  }
}

void show(document.getElementById('docs') as HTMLElement);
