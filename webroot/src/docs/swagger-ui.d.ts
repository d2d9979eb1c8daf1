declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  interface Options {
    url: string;
    domNode: HTMLElement;
    deepLinking: boolean;
    defaultModelsExpandDepth: number;
    requestInterceptor<T extends { url: string }>(request: T): T;
  }
  export default function SwaggerUI(options: Options): void;
}
