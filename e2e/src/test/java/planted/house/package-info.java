/// A house that breaks every rule once; each rule must find its own violation here and no other.
package planted.house;
