/**
 * The page that is measured (issue: a hundred migrants with unit, leases, employments and employer, permits),
 * as each server words it. A relation gives at most five records.
 */
export const subdistrict = '310107103';
const related = 5;

/** Ours; the fields of the record and its relations that a sub-district window shows. */
export const laihuPage = (filter: string) => `{
  migrants(first: 100${filter}) {
    nodes {
      id name sex citizenIdNumber mobilePhone
      subdistrict { id name }
      leases(first: ${related}) { nodes { id contractNo startsOn endsOn monthlyRent filingStatus } }
      employments(first: ${related}) { nodes { id occupation startsOn status employer { id name orgCode } } }
      permits(first: ${related}) { nodes { id permitNo type validTo status } }
    }
  }
}`;

/** A second page, over the departments that watch building sites, as the construction commission's officer asks. */
export const sitesPage = `{
  constructionSites(first: 100) {
    nodes {
      id siteNo name status migrantWorkers wageGuaranteeBalance
      address { road lane building }
      generalContractor { id qualificationGrade filingValidTo employer { id name orgCode contactPhone } }
      safetyInspections(first: ${related}) { nodes { id occurredOn hazards level stopWork rectifyBy rectifiedOn } }
      wageDisputes(first: ${related}) {
        nodes { id reportedOn status claimBand amountClaimed workers(first: ${related}) { nodes { id person { id name citizenIdNumber } } } }
      }
      epidemicSiteVisits(first: ${related}) { nodes { id visitedOn findings rectifyBy rectifiedOn } }
    }
  }
}`;

export const postgraphilePage = `{
  allMigrants(first: 100, condition: { subdistrictCode: "${subdistrict}" }, orderBy: PRIMARY_KEY_ASC) {
    nodes {
      id name sex citizenIdNumber mobilePhone
      orgUnitBySubdistrictUnit { id name }
      leasesByTenantMigrantId(first: ${related}) { nodes { id contractNo startsOn endsOn monthlyRent filingStatus } }
      employmentsByEmployeeId(first: ${related}) { nodes { id occupation startsOn status employerByEmployerId { id name orgCode } } }
      residencePermitsByHolderId(first: ${related}) { nodes { id permitNo type validTo status } }
    }
  }
}`;

export const barePage = `{
  migrants(first: 100, subdistrictCode: "${subdistrict}") {
    id name sex citizenIdNumber mobilePhone
    subdistrict { id name }
    leases { id contractNo startsOn endsOn monthlyRent filingStatus }
    employments { id occupation startsOn status employer { id name orgCode } }
    permits { id permitNo type validTo status }
  }
}`;
