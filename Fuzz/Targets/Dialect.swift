import BMSDialects
import DBC
import FuzzSupport

/// Attributes of a dialect, given to a DBC file of two messages: all that Busbar itself reads out of
/// the texts in them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard let file = try? DBCFile(parsing: Array(head.utf8) + bytes, name: "fuzz.dbc") else {
      return
    }
    do throws(DialectError) {
      let dialect = try Dialect(file)
      _ = dialect.quantities
      _ = dialect.productName([.serial: "1Q-000123", .model: "REC-BMS", .manufacturer: "REC"])
    } catch {
      precondition(!"\(error)".contains(where: \.isNewline), "one line")
    }
  }
}

private let head = """
  BU_: BMS INV

  BO_ 849 Limits: 8 BMS
   SG_ ChargeVoltageLimit : 0|16@1+ (0.1,0) [0|0] "V" INV
   SG_ StateOfCharge : 16|16@1- (0.1,0) [0|0] "%" INV

  BO_ 862 Name: 8 BMS
   SG_ Manufacturer : 0|64@1+ (1,0) [0|0] "" INV

  BA_DEF_ "BusbarDialect" STRING ;
  BA_DEF_ "BusbarTitle" STRING ;
  BA_DEF_ "BusbarBitRates" STRING ;
  BA_DEF_ "BusbarIdentity" STRING ;
  BA_DEF_ "BusbarProducts" STRING ;
  BA_DEF_ BO_ "GenMsgCycleTime" INT 0 65535;
  BA_DEF_ BO_ "BusbarDirection" ENUM "battery","inverter";
  BA_DEF_ BO_ "BusbarLengths" STRING ;
  BA_DEF_ BO_ "BusbarPresence" ENUM "required","usual","optional";
  BA_DEF_ SG_ "BusbarQuantity" STRING ;
  BA_DEF_ SG_ "BusbarEncoding" ENUM "number","text","version","hex";
  BA_DEF_ SG_ "BusbarPart" INT 0 9;
  BA_DEF_ SG_ "BusbarNotAvailable" STRING ;
  BA_DEF_ SG_ "BusbarAbsentBeside" STRING ;
  BA_DEF_ SG_ "BusbarRule" STRING ;
  BA_DEF_ SG_ "BusbarConfidence" ENUM "documented","captured","inferred","disputed";
  BA_DEF_ SG_ "BusbarSource" STRING ;

  """
