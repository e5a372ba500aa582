/// Tests, good and bad, that the check of promises is tried on. Surefire leaves them out.
package planted.promises;
