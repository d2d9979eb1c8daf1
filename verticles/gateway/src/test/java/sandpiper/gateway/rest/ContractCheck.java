package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.nio.file.Path;
import java.util.Map;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.http.Problem;

/// Holds answers against the contract: status, media type, body. Problems outside of any operation
/// must have the contract's shape of a problem too.
public final class ContractCheck {
  private final Contract contract;
  private final ResponseValidator validator;

  private ContractCheck(Vertx vertx, Contract contract) {
    this.contract = contract;
    validator = ResponseValidator.create(vertx, contract.openApi());
  }

  public static ContractCheck load(Vertx vertx, Path path) {
    return new ContractCheck(vertx, RunningGateway.await(Contract.load(vertx, path)));
  }

  public void reply(HttpMethod method, String uri, Reply reply) {
    var path = uri.split("\\?", 2)[0];
    var operation = contract.openApi().findOperation(path, method);
    if (operation != null) {
      var type = reply.header("content-type").split(";", 2)[0];
      RunningGateway.await(
          validator.validate(
              ValidatableResponse.create(
                  reply.status(),
                  Map.of(),
                  reply.body(),
                  Contract.READ_AS.getOrDefault(type, type)),
              operation.getOperationId()));
    }
    if (reply.status() >= 400) {
      problem(reply);
    }
  }

  private void problem(Reply reply) {
    assertThat(reply.header("content-type")).isEqualTo(Problem.MEDIA_TYPE);
    var body = reply.json();
    assertThat(body.getInteger("status")).isEqualTo(reply.status());
    assertThat(body.getString("detail")).doesNotContain("\tat ", "Exception");
    var schema =
        contract
            .openApi()
            .getRawContract()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Problem");
    var result =
        contract
            .openApi()
            .getSchemaRepository()
            .validator(JsonSchema.of(new JsonObject(schema.getMap())))
            .validate(body);
    assertThat(result.getValid()).describedAs("%s", result.getErrors()).isTrue();
  }
}
