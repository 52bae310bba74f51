import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerExtensionsValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;

/**
 * One Apache Kafka broker in KRaft mode, for tests: `java -cp 'lib/*' TestBroker.java FILE`, where FILE is a
 * server.properties whose log.dirs is empty. It ends when its standard input does, so it outlives no test.
 *
 * <p>Clients log in as they do on MSK: with a request to kafka.REGION.amazonaws.com that is signed with their AWS credentials
 * and never sent. {@link IamTokens} checks the signature by its own means.
 */
public final class TestBroker {
  private static final String CLUSTER_ID = "AAAAAAAAAAAAAAAAAAAAAA";

  public static void main(String[] words) throws Exception {
    String file = words[0];
    // The class that checks tokens is in this file, which only this class's own loader knows.
    Thread.currentThread().setContextClassLoader(TestBroker.class.getClassLoader());
    int status = StorageTool.execute(new String[] {"format", "--cluster-id", CLUSTER_ID, "--config", file}, System.err);
    if (status != 0) System.exit(status);
    Thread watch = new Thread(TestBroker::endWithInput);
    watch.setDaemon(true);
    watch.start();
    Kafka.main(new String[] {file});
  }

  private static void endWithInput() {
    try {
      System.in.readAllBytes();
    } catch (IOException closed) {
      // A closed input is an ended one.
    }
    // Nothing that the broker could still write down is wanted.
    Runtime.getRuntime().halt(0);
  }

  /**
   * Lets in whoever presents a token of MSK's form that is signed with a known secret. The principal's name is the access key.
   * Known secrets are options of the listener's login module: `secretOf_KEY="SECRET"`.
   */
  public static final class IamTokens implements AuthenticateCallbackHandler {
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private Map<String, ?> secrets = Map.of();

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
      secrets = entries.get(0).getOptions();
    }

    @Override
    public void close() {}

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
      for (Callback callback : callbacks) {
        if (callback instanceof OAuthBearerValidatorCallback token) validate(token);
        else if (callback instanceof OAuthBearerExtensionsValidatorCallback extensions)
          extensions.inputExtensions().map().keySet().forEach(extensions::valid);
        else throw new UnsupportedCallbackException(callback);
      }
    }

    private void validate(OAuthBearerValidatorCallback callback) {
      try {
        callback.token(checked(callback.tokenValue()));
      } catch (GeneralSecurityException | RuntimeException fault) {
        System.err.println("refused a token: " + fault);
        callback.error("invalid_token", null, null);
      }
    }

    private OAuthBearerToken checked(String value) throws GeneralSecurityException {
      URI url = URI.create(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
      TreeMap<String, String> query = new TreeMap<>();
      for (String pair : url.getRawQuery().split("&")) query.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      String[] credential = query.get("X-Amz-Credential").split("%2F");
      String key = credential[0];
      String region = credential[2];
      Instant signed = Instant.from(AMZ_DATE.parse(query.get("X-Amz-Date")));
      Instant ends = signed.plusSeconds(Long.parseLong(query.get("X-Amz-Expires")));
      require(value.indexOf('=') < 0, "padded");
      require(url.getScheme().equals("https") && url.getPath().equals("/"), "another address");
      require(url.getHost().equals("kafka." + region + ".amazonaws.com"), "another host");
      require(query.get("Action").equals("kafka-cluster%3AConnect"), "another action");
      require(credential[3].equals("kafka-cluster") && credential[4].equals("aws4_request"), "another scope");
      require(query.get("X-Amz-SignedHeaders").equals("host"), "other headers");
      require(query.containsKey("User-Agent"), "no user agent");
      require(!ends.isBefore(Instant.now()) && !ends.isAfter(signed.plus(LONGEST)), "out of time");
      require(secrets.containsKey("secretOf_" + key), "an unknown key");
      require(query.get("X-Amz-Signature").equals(signature(url, query, credential, secrets.get("secretOf_" + key).toString())), "another signature");
      return new Token(value, key, ends.toEpochMilli(), signed.toEpochMilli());
    }

    /** Signature Version 4 of a request whose parameters are in its address. */
    private static String signature(URI url, TreeMap<String, String> query, String[] credential, String secret)
        throws GeneralSecurityException {
      String parameters =
          query.entrySet().stream()
              .filter(entry -> !Set.of("X-Amz-Signature", "User-Agent").contains(entry.getKey()))
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining("&"));
      String request = String.join("\n", "GET", "/", parameters, "host:" + url.getHost(), "", "host", hex(sha256("")));
      String scope = String.join("/", credential[1], credential[2], credential[3], credential[4]);
      String text = String.join("\n", "AWS4-HMAC-SHA256", query.get("X-Amz-Date"), scope, hex(sha256(request)));
      byte[] signing = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
      for (int part = 1; part < credential.length; part++) signing = hmac(signing, credential[part]);
      return hex(hmac(signing, text));
    }

    private static byte[] sha256(String text) throws GeneralSecurityException {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }

    private static void require(boolean holds, String fault) {
      if (!holds) throw new IllegalArgumentException(fault);
    }
  }

  private record Token(String value, String principalName, long lifetimeMs, Long startTimeMs) implements OAuthBearerToken {
    @Override
    public Set<String> scope() {
      return Set.of();
    }
  }
}
