/* The API's page for people: Swagger UI on our own document, from our own files. */

SwaggerUIBundle({
  url: document.body.dataset.document,
  domNode: document.getElementById("docs"),
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  displayRequestDuration: true,
});
