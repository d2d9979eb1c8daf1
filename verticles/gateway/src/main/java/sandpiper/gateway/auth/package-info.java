/// Who is asking, and may they: passwords, logins, tokens, permissions and the audit trail.
@org.jspecify.annotations.NullMarked
package sandpiper.gateway.auth;
